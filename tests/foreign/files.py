"""Foreign files, one function each, named like its map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from tests.maps.files import text, xlsx

CLOCK, LONG, DAY = "h:mm", "[h]:mm:ss", "yyyy-mm-dd"


def sheets(path: Path, pages: dict[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> Path:
    """Write a workbook of several sheets; a pair is a number and how it is shown."""
    with xlsxwriter.Workbook(path) as book:
        for name, lines in pages.items():
            page = book.add_worksheet(name)
            if name in hidden:
                page.hide()
            else:
                page.activate()
            for row, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if isinstance(cell, tuple):
                        page.write_number(row, column, cell[0], book.add_format({"num_format": cell[1]}))
                    elif isinstance(cell, str) and cell.startswith("#"):
                        page.write_formula(row, column, "=NA()", None, cell)
                    elif cell is not None and cell != "":
                        page.write(row, column, cell)
    return path


def serial(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    """Return a moment as a spreadsheet counts it."""
    return (dt.datetime(year, month, day, hour, minute) - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)


def switchboard(folder: Path) -> Path:
    """A switchboard's report: agents over their calls, headings again on every page, waits typed as mm:ss."""
    heading = ["Call", "Start", "Wait", "Talk", "Reason", "Result"]
    return sheets(
        folder / "acd.xlsx",
        {
            "params": [["from", "to"], ["2026-11-16", "2026-11-22"]],
            "Summary": [["ACD report"], ["Calls", 4]],
            "Detail": [
                ["Calls by agent"],
                heading,
                ["Agent: Becky Lee (x12)"],
                [5001, "16/11/26 9:05 a.m.", (45 / 1440, CLOCK), "75:10", " BILLING ", "Handled"],
                [5002, "16/11/26 12:10 p.m.", (62 / 1440, CLOCK), "0:50", "password  Reset", "Handled"],
                ["Agent total", 2],
                ["Page 1 of 2"],
                heading,
                ["Agent: DAN"],
                [5003, "17/11/26 11:59 p.m.", "", "", "", "Abandoned"],
                [5004, "18/11/26 1:00 p.m.", (90 / 1440, CLOCK), "10:00", "Beschwerde", "Handled"],
                ["Agent total", 2],
                ["Grand total", 4],
            ],
        },
        ["params"],
    )


def ticks(folder: Path) -> Path:
    """A ticket system's csv: seconds and milliseconds since 1970, tags in one cell, states as numbers."""
    return text(
        folder / "tickets.csv",
        "ticket,created,first_reply_ms,closed,tags,st,prio,reopen_count\n"
        "90071,1794790800,1794790830500,1794798000,billing;vip,4,P1,\n"
        "90072,1794794400,,,login|mobile,2,P3,2\n"
        "90073,1794798000,1794798012000,1794800000,vip,5,,0\n",
        "utf-8-sig",
    )


def books_2003(folder: Path) -> Path:
    """A spreadsheet in Excel's XML of 2003: cells left out, moments, times that passed."""
    cell = '<Cell{at}><Data ss:Type="{kind}">{value}</Data></Cell>'

    def row(*cells: tuple[str, str, object] | tuple[str, object]) -> str:
        written = [(at, kind, value) for at, kind, value in (("", *one) if len(one) == 2 else one for one in cells)]
        return f"<Row>{''.join(cell.format(at=at, kind=kind, value=value) for at, kind, value in written)}</Row>"

    third = ' ss:Index="3"'
    wide = '<Row ss:Index="2"><Cell ss:MergeAcross="4"><Data ss:Type="String">Service &amp; support</Data></Cell></Row>'
    lines = [
        wide,
        row(*(("String", one) for one in ("No", "Opened", "Waited", "Topic", "State"))),
        row(("Number", 7001), ("DateTime", "2026-11-16T09:05:00.000"), ("DateTime", "1899-12-31T00:00:40.000"), ("String", "Fees &amp; taxes"), ("String", "done")),
        row(("Number", 7002), ("DateTime", "2026-11-17T10:00:00.000"), ("DateTime", "1900-01-01T01:00:00.000"), ("String", "Login"), ("String", "done")),
        row(("Number", 7003), (third, "Error", "#N/A"), ("String", "Login"), ("String", "open")),
    ]  # fmt: skip
    return text(
        folder / "export.xls",
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
        '<Worksheet ss:Name="About"><Table/></Worksheet>\n'
        f'<Worksheet ss:Name="Cases"><Table>{"".join(lines)}</Table></Worksheet>\n</Workbook>\n',
        "utf-8",
    )


def web_report(folder: Path) -> Path:
    """A web page called .xls: a table for the layout, cells over several rows and columns, the heading in th."""
    return text(
        folder / "report.xls",
        "<html><body><table><tr><td>Helpdesk<table>"
        "<tr><th>Owner</th><th>Ref</th><th colspan=2>Opened</th><th>Closed</th><th>Kind</th></tr>"
        "<tr><td rowspan=2>Ann</td><td>R-1</td><td>Mon, 16 Nov 2026</td><td>9.05 am</td>"
        "<td>Nov 16, 2026, 10:05:00\u202fAM</td><td>Fee<br>question</td></tr>"
        "<tr><td>R-2</td><td>Tue, 17 Nov 2026</td><td>12:30 pm</td><td>&nbsp;</td><td>Complaint</td></tr>"
        "<tr><td>Bob</td><td>R-3</td><td>Wed, 18 Nov 2026</td><td>12:00 am</td><td>18 Nov 2026 at 1:00 AM</td>"
        "<td>Suggestion</td></tr>"
        "</table></td></tr></table></body></html>",
        "utf-8",
    )


def serials(folder: Path) -> Path:
    """A csv of a German spreadsheet whose dates lost their format: day numbers with decimal commas."""
    return text(
        folder / "vorgänge.csv",
        "Vorgang;Eröffnet;Antwort nach (Std.);Erledigt;Grund;Zufriedenheit (1 = sehr gut)\n"
        f"1.0;{serial(2026, 11, 16, 9, 5):.6f};0,5;{serial(2026, 11, 16, 12):.6f};Gebühren;1\n"
        f"2.0;{serial(2026, 11, 17, 10):.6f};1.000,25;;Störung;6\n"
        ";;;;;\n"
        f"3.0;{serial(2026, 11, 18):.0f};0;{serial(2026, 11, 18, 8):.6f};Kündigung;3\n".replace(".", ",").replace(
            "1,000,25", "1.000,25"
        ),
        "cp1252",
    )


def monthly(folder: Path) -> Path:
    """A hand-kept workbook with a sheet a month: only the day in the row, the month on the tab."""
    heading = ["序号", "日", "客户来电内容", "处理情况", "经办"]
    return sheets(
        folder / "登记簿.xlsx",
        {
            "说明": [["填写说明：每月一张表"]],
            "10月": [["热线登记"], heading, [1, 30, "手续费怎么收", "已答复", "王芳"]],
            "11月": [
                ["热线登记"],
                heading,
                [1, 3, "APP 登录不了", "已答复", "王芳"],
                [2, 16, "投诉排队太久", "处理中", "赵强"],
                ["", "", "本月合计 2 件"],
            ],
        },
    )


def night_desk(folder: Path) -> Path:
    """A night desk's list without ids: one date, clocks for start and end, past midnight."""
    return text(
        folder / "night.csv",
        "Night desk\tweek 47\n\n"
        "Date\tCalled\tPicked up\tDone\tAbout\tSolved?\n"
        "16-11-2026\t11:58 PM\t11:58 PM\t12:10 AM\tfees\tyes\n"
        "17-11-2026\t12:05 AM\t12:06 AM\t\tlogin\tno, calls back\n"
        "\t\t\t\t\t\n"
        "17-11-2026\t10:00 PM\t\t\t\tnot answered\n",
        "utf-16-le",
    )


def web_form(folder: Path) -> Path:
    """A web form's answers: moments with a zone, phones with a prefix, ten points, several channels in a cell."""
    return text(
        folder / "form.csv",
        "Timestamp,Your mobile,How did you reach us?,Satisfaction (1-10),Would you recommend us?,Anything else\n"
        '2026/11/16 9:05:10 AM GMT+8,+86 138 0013 8000,"Phone, Email",10,Definitely (10),"good, thanks"\n'
        "2026/11/16 9:30:00 PM GMT-5,86-138-0013-8001,WeChat,3,No way (0),\n"
        "2026/11/18 8:00:00 AM GMT+8,0086 13900139000,In branch,7,7,ok\n",
        "utf-8",
    )


def sales(folder: Path) -> Path:
    """A sales system's report: amounts with their currency, two products in a cell, a footer of five lines."""
    return text(
        folder / "report1763.csv",
        '"Account ID","Opportunity","Product(s)","Amount","Stage","Created","Close Date","Expected"\n'
        '"800001","Q4 plan","Mutual Fund; Margin","CNY 1,200,000.00","Closed Won","11/2/2026","11/17/2026",""\n'
        '"800002","advice","Advisory","CNY 9,800.00","Negotiation","11/10/2026","","12/15/2026"\n'
        '"800003","none","Gold","USD 10.00","Closed Lost","11/12/2026","11/13/2026",""\n'
        '"Grand Totals (3 records)"\n"","","","CNY 1,209,800.00"\n"Confidential Information - Do Not Distribute"\n'
        '"Copyright © 2026 Example"\n',
        "iso-8859-1",
    )


def diary(folder: Path) -> Path:
    """An advisor's diary: the day once without its year, several customers in a cell, lengths in words."""
    return sheets(
        folder / "日记.xlsx",
        {
            "Sheet1": [
                ["我的工作日记（2026年）"],
                ["日期", "几点", "客户", "做什么", "多久", "结果"],
                ["11月16日（周一）", "上午9点05分", "张三、李四", "电话 回访", "约20分钟", "OK"],
                ["", "下午3点", "王五", "拜访", "1个半小时", "不在家"],
                ["", "中午12:30", "", "发盘面", "", ""],
                ["11月17日", "", "张三", "基金 talk", "半小时", "OK"],
            ]
        },
    )


def shifts(folder: Path) -> Path:
    """A month's shifts: real dates as headings over two columns a day, hours as clock lengths."""
    first = int(serial(2026, 11, 16))
    return sheets(
        folder / "shifts.xlsx",
        {
            "W47": [
                ["Shift plan"],
                ["No", "Name", (first, DAY), None, (first + 1, DAY), None, (first + 2, DAY), None],
                ["", "", "Desk", "Off", "Desk", "Off", "Desk", "Off"],
                ["A001", "Zhang", (7.5 / 24, LONG), None, (3.75 / 24, LONG), "am off", None, "sick"],
                ["A002", "Wang", (8 / 24, LONG), None, (8 / 24, LONG), None, (8 / 24, LONG), None],
            ]
        },
    )


def day_report(folder: Path) -> Path:
    """A day's report of the desk: the date stands above the table, agents are named as they log in."""
    return sheets(
        folder / "desk.xlsx",
        {
            "Page1_1": [
                ["Report:", "Desk hours"],
                ["Day:", "16.11.2026 (Monday)"],
                [],
                ["Login", "Occupancy", "Staffed", "Absence"],
                ["EXAMPLE\\a001", 0.85, "7h 30m", ""],
                ["EXAMPLE\\a002", 0.9, "8h", ""],
                ["EXAMPLE\\temp", 0.9, "2h", ""],
                ["", 0.88, "17h 30m", ""],
            ]
        },
    )


def depositors(folder: Path) -> Path:
    """A depository's list of customers: short years, phones in two columns, ids a spreadsheet spoilt, money in words."""
    return text(
        folder / "客户.csv",
        "客户代码,姓名,性别,开户日,手机,家庭电话,市值,风险测评,持仓\n"
        "'0080001,  钱一 ,男,26.3.2,+86 138-0013-8000,,12.5万,C4（积极型）,公募基金+两融\n"
        '\'0080002,孙二,女,25.12.31,,(010) 6255-8888,"1,234,567.89",c1 保守,\n'
        "\n"
        "1E+10,周三,,26.4.1,13700137000,,￥5000,-,黄金\n"
        "合计,3,,,,,,,\n",
        "gb18030",
    )


def taiwan(folder: Path) -> Path:
    """A Taiwanese system's csv: years of the republic, twelve hours in Chinese, Big5."""
    return text(
        folder / "案件.csv",
        "案件編號,受理日期,受理時間,結案日期,案件類別,目前狀態\n"
        "T1150001,115/11/16,上午 09:05,115/11/16,帳戶,已結案\n"
        "T1150002,民國115年11月17日,下午 03:30,,申訴,處理中\n",
        "big5",
    )


def columns_of_numbers(folder: Path) -> Path:
    """A mainframe's list: year, month, day and clock as numbers, flags, a failed formula, an id twice."""
    return sheets(
        folder / "list.xlsx",
        {
            "data": [
                ["ID", "Y", "M", "D", "HHMM", "Abandoned", "Escalated", "Topic", "Rating"],
                [1, 2026, 11, 16, 905, False, True, "FEE", "80%"],
                [2, 2026, 11, 17, 5, True, False, "", "#N/A"],
                [2, 2026, 11, 17, 1205, False, False, "LOGIN", "100%"],
            ]
        },
    )


def new_york(folder: Path) -> Path:
    """A centre's list by New York's clock: an hour that daylight saving took, seconds with separators, a pipe."""
    return text(
        folder / "calls.txt",
        "id|opened (ET)|speed_of_answer_s|handle_s|queue\n"
        "N-1|11/15/2026 08:05:00 PM|1,234|300|Payments\n"
        "N-2|11/01/2026 12:30:00 AM|20|600|Technical\n",
        "utf-8",
    )


def archive(folder: Path) -> Path:
    """A report saved as a web archive, quoted-printable."""
    page = (
        "<html><body><table><tr><td>=E5=B7=A5=E5=8D=95=E5=8F=B7</td><td>opened</td><td>kind</td><td>state</td></tr>"
        "<tr><td>M-1</td><td>2026-11-16 24:00</td><td>fees</td><td>open</td></tr></table></body></html>"
    )
    return text(
        folder / "report.xls",
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\n'
        f"Content-Transfer-Encoding: quoted-printable\n\n{page}\n--b--\n",
        "ascii",
    )


def bank(folder: Path) -> Path:
    """A bank's list of customers: titles, ids kept from Excel by a tab, a subtotal a branch, a grand total, a note."""
    return text(
        folder / "客户清单.csv",
        "\ufeff客户清单（机密）,,,,,\n"
        "打印日期：2026-11-20,,打印人：柜员07,,,\n"
        "\n"
        "客户号,户名,开户日期,联系电话,资产合计(万元),风险等级\n"
        '="00801",钱一,20260302,13800138000\t,12.5,C4\n'
        '00802\t,"孙二（""小孙""）",20251231\t,010-62558888,"1,234.5678",C1\n'
        "网点小计：2户,,,,1247.0678,\n"
        "客户号,户名,开户日期,联系电话,资产合计(万元),风险等级\n"
        "00803,周三,20260401,139 0013 9000,--,C3\n"
        "总计：3户,,,,1247.0678,\n"
        "说明：资产为月末时点数,,,,,\n",
        "gb18030",
    )


def euro(folder: Path) -> Path:
    """A European system's list: semicolons, decimal commas, points between thousands, a semicolon nobody quoted."""
    return text(
        folder / "chancen.csv",
        "sep=;\n"
        "Nr;Erfasst;Kunde;Produkt;Betrag (CNY);Phase;Abschluss;Notiz\n"
        "1;02.11.2026;800001;Fonds;1.234.567,50;Gewonnen;17.11.2026;Müller\n"
        "2;9.11.2026;800002;Futures;-,5;Verloren;13.11.2026;\n"
        "3;10.11.2026;800003;Beratung;12,00;Angebot;;später; vielleicht\n"
        "Summe;;;;1.234.579,00;;;\n",
        "cp1252",
    )


def week_grid(folder: Path) -> Path:
    """A wall chart: a row a customer, two columns a day under one merged date, a total at the right."""
    lines: Sequence[Sequence[Any]] = [
        ["客户维护周计划", "", "", "", "", "", "", ""],
        ["客户", "11月16日", "", "11月17日", "", "11月18日", "", "合计"],
        ["", "类型", "分钟", "类型", "分钟", "类型", "分钟", ""],
        ["张三", "回访", 20, "", "", "基金", 15, 35],
        ["李四", "", "", "拜访", 90, "", "", 90],
        ["王五", "", "", "", "", "", "", 0],
        ["合计", "", 20, "", 90, "", 15, 125],
    ]
    merged = ("A1:H1", "A2:A3", "B2:C2", "D2:E2", "F2:G2")
    return xlsx(folder / "周计划.xlsx", lines, merged)


def half_days(folder: Path) -> Path:
    """A diary whose mornings and afternoons stand side by side under the same headings; the day once for two lines."""
    return text(
        folder / "diary.txt",
        "day\twho\twhat\tok\twho\twhat\tok\tweather\n"
        "16/11/2026\t张三\tvisit\tY\t李四\tfund\tN\tsunny\n"
        "\t李四\tvisit\tY\t\t\t\t\n"
        "17/11/2026\t\t\t\t王五\tvisit\tY\train\n"
        "18/11/2026\t\t\t\t\t\t\tfog\n",
        "utf-16",
    )


def mainframe(folder: Path) -> Path:
    """A host's list of fixed width, two positions a Chinese character, with pages, rules and totals."""
    head = "\f 受理清单                                  第1页\n单号    受理时间      客户  类别    状态  经办\n"
    rule = "------- ------------- ----- ------- ----- --------\n"
    return text(
        folder / "LIST.PRN",
        head + rule +
        "0001234 2611160905    800001费用    完成  王芳（三组）\n"
        "0001235 2611161400    800002投诉    处理  李雷\n"
        + head.replace("第1页", "第2页") + rule +
        "0001236 2611170000          账户    完成  韩梅梅\n"
        "合计      3                                       \n",
        "gb18030",
    )  # fmt: skip


def intranet(folder: Path) -> Path:
    """A page of the intranet saved as .xls: source lines broken anywhere, merged cells, no-break spaces, a footer."""
    return text(
        folder / "工单.xls",
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td{x}</style></head>\n'
        "<body><table border=1><tr><th colspan=5>工单报表<tr><th rowspan=2>工单<br>编号<th colspan=2>时间\n"
        "<th rowspan=2>问题\n   分类<th rowspan=2>处理\n结果</tr><tr><th>提出<th>解决</tr>\n"
        "<tr><td style='mso-number-format:\"\\@\"'>W-1<td>2026-11-16&nbsp;09:05<td>2026-11-16\n 10:00<td>\n费用\n<td>已退\n    回多收的费\n"
        "<tr><td>W-2<td>2026-11-17 09:05<td>&nbsp;<td>系统<td>&lt;b&gt;=1+1&lt;/b&gt;\n"
        "<tr><td colspan=5>共 2 条</table></body></html>\n",
        "gb18030",
    )


FILES: Final[dict[str, tuple[str, Callable[[Path], Path]]]] = {
    "switchboard": ("cases", switchboard),
    "ticks": ("cases", ticks),
    "books_2003": ("cases", books_2003),
    "web_report": ("cases", web_report),
    "serials": ("cases", serials),
    "monthly": ("cases", monthly),
    "night_desk": ("cases", night_desk),
    "taiwan": ("cases", taiwan),
    "columns_of_numbers": ("cases", columns_of_numbers),
    "new_york": ("cases", new_york),
    "archive": ("cases", archive),
    "web_form": ("surveys", web_form),
    "sales": ("opportunities", sales),
    "diary": ("activities", diary),
    "shifts": ("worktime", shifts),
    "day_report": ("worktime", day_report),
    "depositors": ("customers", depositors),
    "bank": ("customers", bank),
    "euro": ("opportunities", euro),
    "week_grid": ("activities", week_grid),
    "half_days": ("activities", half_days),
    "mainframe": ("cases", mainframe),
    "intranet": ("cases", intranet),
}
