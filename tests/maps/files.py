"""Files as other systems and other people write them: one function each, named like its map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

Lines = Sequence[Sequence[Any]]


def text(path: Path, content: str, encoding: str) -> Path:
    path.write_bytes(content.replace("\n", "\r\n").encode(encoding))
    return path


def xlsx(path: Path, lines: Lines, merged: Sequence[str] = (), sheet: str = "Sheet1") -> Path:
    """Write a workbook: dates as dates, times as times, the rest as it is; `merged` are ranges like A1:D1."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        day, moment, clock = (
            book.add_format({"num_format": shown}) for shown in ("yyyy/m/d", "yyyy/m/d h:mm", "h:mm:ss")
        )
        for span in merged:
            page.merge_range(span, "")
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, dt.datetime):
                    page.write_datetime(row, column, cell, moment)
                elif isinstance(cell, dt.date):
                    page.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), day)
                elif isinstance(cell, dt.time):
                    page.write_datetime(row, column, cell, clock)
                elif isinstance(cell, int | float):
                    page.write_number(row, column, cell)
                elif cell:
                    page.write_string(row, column, cell)
    return path


def helpdesk(folder: Path) -> Path:
    """A help desk's csv in GB 18030: ids that were numbers once, durations in words, two columns of notes."""
    return text(
        folder / "工单导出.csv",
        "sep=;\n"
        "编号;创建时间;来源渠道;问题类型;优先级;首次响应时长;处理时长;处理状态;受理人;满意度;备注;备注\n"
        "10023.0;2026/11/16 09:05:10;来电;账户/登录;1;0:00:25;1:02:33;已办结;李雷;5分;忘记密码;内部\n"
        "10024.0;2026/11/16 10:00:00;企业微信;系统 - 闪退;3;93 秒;2h 15m;已办结;李雷;4分;;\n"
        "10025.0;2026/11/17 上午 11:30;热线;手續費;3;1分30秒;93 min;已归档;韩梅;不评价;费用高;\n"
        "10026.0;2026/11/17 下午 2:00;柜台;其它咨询;4;-;-;处理中;韩梅;-;;\n"
        "10027.0;2026/11/18 15:20;来电;账户/开户;2;15;1天;已办结;韩梅;2分;等了很久;转\n"
        "10028.0;2026/11/18 16:00;来电;神秘问题;2;15;40 min;已办结;韩梅;3分;;\n",
        "gb18030",
    )


def service_report(folder: Path) -> Path:
    """A monthly sheet of a service desk: a title, groups over labels, an agent once for several rows, totals."""
    return xlsx(
        folder / "service.xlsx",
        [
            ["11月客户服务明细表"],
            ["工单号", "受理", "", "首次答复", "办结", "", "问题", "客服"],
            ["", "日期", "时间", "用时(小时)", "日期", "时间", "类别", ""],
            ["T-1", "16/11/2026", dt.time(9, 5), 0.5, "16/11/2026", dt.time(11, 0), " Fee / 佣金 ", "王芳"],
            ["T-2", "17/11/2026", dt.time(10, 0), 0.01, "18/11/2026", dt.time(9, 0), "LOGIN", ""],
            [],
            ["T-3", "5/11/2026", dt.time(14, 30), "", "", "", "trade", "赵强"],
            ["小计", 3, "", "", 2],
            ["T-4", "19/11/2026", dt.time(8, 0), 2, "19/11/2026", dt.time(12, 0), "投诉", ""],
            ["合计", 4, "", "", 3],
            ["制表：客服部"],
        ],
        ["A1:H1", "B2:C2", "E2:F2"],
        "11月",
    )


def us_calls(folder: Path) -> Path:
    """A call list of the American kind: month first, twelve hours, unanswered calls."""
    return text(
        folder / "calls.csv",
        "Call Log Report,,,,,,,\n"
        "Generated 11/24/2026,,,,,,,\n"
        "Call ID,Agent Name,Call Time,Queue Time (sec),Talk Time,Disposition,Reason,CSAT\n"
        "C-1,Ann Lee,11/16/2026 09:05 AM,12,00:04:10,Answered,Billing question,Very satisfied\n"
        "C-2,Ann Lee,11/16/2026 12:15 PM,45,00:02:00,Answered,password reset,Satisfied\n"
        "C-3,Bob Wu,11/17/2026 09:30 PM,,,Abandoned,,\n"
        "C-4,Bob Wu,11/18/2026 01:00 PM,30,00:10:00,Answered,Complaint,Very dissatisfied\n"
        "Total,,,87,00:16:10,,,\n",
        "utf-8-sig",
    )


def crm(folder: Path) -> Path:
    """A CRM's list of customers: phones as numbers, money in words, products as Y and N and in one cell."""
    heading = [
        "客户号", "客户名称", "开户日期", "手机号码", "总资产", "风险等级", "公募基金", "持有产品", "投顾签约", "客户状态", "推荐人"
    ]  # fmt: skip
    return xlsx(
        folder / "crm.xlsx",
        [
            heading,
            [
                800001.0,
                "张三",
                dt.date(2026, 1, 5),
                13800138000.0,
                "1,234,567元",
                "C4-积极型",
                "Y",
                "期货、两融",
                "是",
                "有效",
                "",
            ],
            [800002.0, "李四", "2026年3月2日", "138-0013-8001", "50万", "C1-保守型", "N", "", "", "有效", 800001.0],
            [800003.0, "王五", 20260506, 13900139000.0, 86000, "C3-稳健型", "y", "私募;黄金", "否", "睡眠", ""],
            [
                800004.0,
                "赵六",
                dt.date(2025, 7, 1),
                "1.38E+10",
                "¥ 20,000.50",
                "C9",
                "Y",
                "资管计划",
                "是",
                "已销户",
                "",
            ],
        ],
    )


def call_list(folder: Path) -> Path:
    """Calls an advisor made: customers by phone, names of months, start and end by the clock."""
    return text(
        folder / "outbound.csv",
        "Date\tStart\tEnd\tNumber dialled\tName\tType\tResult\tNotes\n"
        "16-Nov-2026\t9:05 AM\t9:17 AM\t13800138000\t张三\t回访\t接通\t谈基金定投\n"
        "16-Nov-2026\t10:00 AM\t10:00 AM\t13800138001\t李四\t回访\t无人接听\t\n"
        "17-Nov-2026\t11:58 PM\t12:10 AM\t13900139000\t王五\t投诉处理\t接通\t已道歉\n"
        "18-Nov-2026\t3:00 PM\t3:20 PM\t13800138001\t李四\t新客户\t接通\t两融开户\n"
        "18-Nov-2026\t2:00 PM\t2:30 PM\t13999999999\t陌生人\t新客户\t接通\t\n",
        "utf-16",
    )


def survey(folder: Path) -> Path:
    """A survey form's answers: whole questions for headings, steps in words."""
    return text(
        folder / "答卷.csv",
        "编号,提交时间,来源,1.您的姓名,2.您对客户经理的服务是否满意？,3.您愿意把我们推荐给亲友吗？（0-10分）,4.您还有什么意见和建议？\n"
        '1,2026-11-16 20:01:33,微信,张三,非常满意,10分,"很好, 谢谢"\n'
        "2,2026-11-17 08:12:00,微信,李四,一般,6分,无\n"
        "3,2026-11-17 09:00:00,短信,王五,非常不满意,0分,等太久\n"
        "4,2026-11-18 09:00:00,链接,路人甲,满意,8分,\n",
        "utf-8",
    )


def attendance(folder: Path) -> Path:
    """A month's attendance: a column a day, marks for presence and leave."""
    days = [str(day) for day in range(16, 21)]
    return xlsx(
        folder / "考勤.xlsx",
        [
            ["2026年11月考勤表"],
            ["工号", "姓名", *days],
            ["A001", "张伟", "√", "√", "年假", "上午请假", "√"],
            ["A002", "王敏", "√", "√", "√", "√", "病假"],
        ],
    )


def hours(folder: Path) -> Path:
    """Hours at the desk, written the European way: days with dots, decimal commas."""
    return xlsx(
        folder / "stunden.xlsx",
        [
            ["Datum", "Leave", "Login hours", "Remarks"],
            ["16.11.2026", "", "7,5", ""],
            ["17.11.2026", "half day", "3:45", "Arzt"],
            ["18.11.2026", "", "8", ""],
            ["19.11.2026", "vacation", "", ""],
        ],
    )


def tracker(folder: Path) -> Path:
    """A tracker's event log: several rows a case, UTC with a mark, minutes in place of times, ? for nothing."""
    return text(
        folder / "events.csv",
        "number,state,created_at,priority,subcategory,first_reply_time_in_minutes,solved_at,satisfaction,reopens\n"
        "INC1,New,2026-11-16T01:00:00Z,2 - High,Software,?,?,?,0\n"
        "INC1,Resolved,2026-11-16T01:00:00Z,2 - High,Software,0.5,2026-11-16T03:00:00Z,good,0\n"
        "INC2,New,2026-11-16T23:30:00Z,3 - Moderate,Access,?,?,?,0\n"
        "INC2,Active,2026-11-16T23:30:00Z,3 - Moderate,Access,2,?,?,1\n"
        "INC3,Closed,2026-11-18T08:00:00+0800,4 - Low,Billing,1,2026-11-18T09:00:00+0800,bad,0\n",
        "utf-8",
    )


def deals(folder: Path) -> Path:
    """A web page called .xls, in Big5, as an old system exports it."""
    rows = [
        ("商機編號", "客戶名稱", "建立日期", "意向產品", "預計金額", "銷售階段", "結單日期", "備註"),
        ("D1", "张三", "2026/10/12", "公募基金", "50萬", "已成交", "2026/11/17", "老客戶"),
        ("D2", "李四", "2026/11/02", "投資顧問簽約", "1,200", "已簽約", "2026/11/18", "首年"),
        ("D3", "王五", "2026/11/10", "期貨", "30萬", "報價", "", ""),
    ]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><head><meta charset=big5></head><body><table border=1>{body}</table></body></html>"
    return text(folder / "deals.xls", page.replace("张", "張"), "big5")


FILES: Final[dict[str, tuple[str, Callable[[Path], Path]]]] = {
    "helpdesk": ("cases", helpdesk),
    "service_report": ("cases", service_report),
    "us_calls": ("cases", us_calls),
    "tracker": ("cases", tracker),
    "crm": ("customers", crm),
    "call_list": ("activities", call_list),
    "survey": ("surveys", survey),
    "attendance": ("worktime", attendance),
    "hours": ("worktime", hours),
    "deals": ("opportunities", deals),
}
