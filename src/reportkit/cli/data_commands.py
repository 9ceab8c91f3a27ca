"""Commands that write into logs: import, handover."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of
from reportkit.cli.language import say, spoken
from reportkit.cli.options import PREVIEW, AsOf, DryRun, Folder, Json, a_file, an_id, existing, today_or
from reportkit.definitions.text import Language, filled

if TYPE_CHECKING:
    from reportkit.definitions.columns import Column, Form
    from reportkit.handover import HandedOver
    from reportkit.importing.run import Imported

SHOWN = 50  # findings printed for a person; --json prints all
PREVIEWED, COLUMNS, WIDEST = 10, 7, 28  # new rows a preview shows, of how many columns, and characters of a cell


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "import",
        help=say(
            "把别的系统导出的 csv、xlsx、xls、ods 按对照表导入日志；旧日志留作备份，重复运行不会重复导入。",
            "把別的系統匯出的 csv、xlsx、xls、ods 按對照表匯入日誌；舊日誌留作備份，重複執行不會重複匯入。",
            "Bring another system's csv, xlsx, xls or ods into a log by a map; the old log is kept as a backup, and nothing is added twice.",
        ),
        epilog=say(
            "例：reportkit import cases 来电.xlsx --propose > 对照.toml，核对后 reportkit import cases 来电.xlsx --into 营业部 --map 对照.toml --dry-run；一位客户经理的客户 reportkit import customers crm.csv --into A001.xlsx --map crm.toml；按月的表 reportkit import worktime 考勤.xlsx --sheet 11月 --into 营业部 --map 考勤.toml · 对照表的写法见 docs/import.zh-CN.md · 退出码：0 全部导入，1 有行没有导入，2 无法运行",
            "例：reportkit import cases 來電.xlsx --propose > 對照.toml，核對後 reportkit import cases 來電.xlsx --into 營業部 --map 對照.toml --dry-run；一位客戶經理的客戶 reportkit import customers crm.csv --into A001.xlsx --map crm.toml；按月的表 reportkit import worktime 考勤.xlsx --sheet 11月 --into 營業部 --map 考勤.toml · 對照表的寫法見 docs/import.zh-CN.md · 結束碼：0 全部匯入，1 有列沒有匯入，2 無法執行",
            "Example: reportkit import cases calls.xlsx --propose > map.toml · check it, then reportkit import cases calls.xlsx --into branch --map map.toml --dry-run · one advisor's customers: reportkit import customers crm.csv --into A001.xlsx --map crm.toml · a sheet a month: reportkit import worktime hours.xlsx --sheet November --into branch --map hours.toml · the map's words: docs/import.en.md · exit: 0 all imported, 1 some rows were not, 2 could not run",
        ),
    )(import_)
    app.command(
        "handover",
        help=say(
            "把客户移交给另一位客户经理：未结工单、走访计划和跟进一起移交，做过的记录仍归原来的人。",
            "把客戶移交給另一位客戶經理：未結工單、走訪計劃和跟進一起移交，做過的記錄仍歸原來的人。",
            "Hand customers over to another advisor, with open cases, plans and follow-ups; what was done stays with who did it.",
        ),
        epilog=say(
            "例：reportkit handover 营业部 --from A001 --to A002 --customers 名单.csv --dry-run",
            "例：reportkit handover 營業部 --from A001 --to A002 --customers 名單.csv --dry-run",
            "Example: reportkit handover branch --from A001 --to A002 --customers list.csv --dry-run",
        ),
    )(handover)


FormName = Annotated[
    str, typer.Argument(metavar="FORM", help=say("表单：customers、cases …，或其标签", "表單：customers、cases …，或其標籤", "The form: customers, cases …, or its label"))
]  # fmt: skip
DataFile = Annotated[Path, typer.Argument(metavar="FILE", help=say("导出的文件", "匯出的檔案", "The exported file"))]
Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="LOG", help=say("一本日志，或机构文件夹（对照表有 [split]）", "一本日誌，或機構資料夾（對照表有 [split]）", "A log, or a branch folder (with [split] in the map)")),
]  # fmt: skip
MapFile = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help=say("对照表 .toml", "對照表 .toml", "The map, .toml"))
]
Propose = Annotated[
    bool,
    typer.Option("--propose", help=say("按标题和内容拟一份对照表", "按標題和內容擬一份對照表", "Print a proposed map")),
]
SheetName = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help=say(
            "读这张工作表，不用对照表里的", "讀這張工作表，不用對照表裡的", "Read this sheet in place of the map's"
        ),
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite", help=say("有冲突时以文件为准", "有衝突時以檔案為準", "In a conflict take the file's value")
    ),
]
From = Annotated[
    str, typer.Option("--from", metavar="ADVISOR", help=say("移交人工号", "移交人工號", "Advisor ID of who hands over"))
]
To = Annotated[
    str, typer.Option("--to", metavar="ADVISOR", help=say("接手人工号", "接手人工號", "Advisor ID of who takes over"))
]
Customers = Annotated[
    Path | None,
    typer.Option("--customers", metavar="FILE", help=say("客户编号名单（csv 或 xlsx），默认全部", "客戶編號名單（csv 或 xlsx），預設全部", "A list of customer IDs (csv or xlsx); default: all")),
]  # fmt: skip


def import_(
    form: FormName, file: DataFile, into: Into = None, map_file: MapFile = None, propose: Propose = False,
    dry_run: DryRun = False, overwrite: Overwrite = False, sheet: SheetName = None, as_of: AsOf = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Import rows of another system into logs, or propose a map."""
    from reportkit.cli.output import print_json
    from reportkit.importing.load import load_map
    from reportkit.importing.propose import propose as proposed
    from reportkit.importing.run import run_import

    wanted = _form(form)
    a_file(file)
    if propose:
        typer.echo(proposed(wanted, file, spoken(), sheet), nl=False)
        return
    if into is None or map_file is None:
        raise typer.BadParameter(
            say("要有 --into 和 --map，或用 --propose", "要有 --into 和 --map，或用 --propose", "give --into and --map, or --propose")
        )  # fmt: skip
    existing(into)
    by = load_map(map_file, wanted)
    by = by if sheet is None else by.model_copy(update={"sheet": (sheet,)})
    done = run_import(wanted, file, into, by, today=today_or(as_of, into), dry_run=dry_run, overwrite=overwrite)
    if json:
        print_json(done.as_json(spoken()))
    else:
        _print_imported(done, dry_run, spoken())
    raise typer.Exit(0 if done.clean else 1)


def _print_imported(done: Imported, dry_run: bool, language: Language) -> None:
    from reportkit.cli.output import console, findings_table, table

    out = console()
    rows = done.rows
    out.print(
        filled(
            say(
                "{file}：读到 {read} 行 = 新增 {new} + 相同 {same} + 更新 {changed} + 冲突 {conflicts} + 有误 {wrong}"
                " + 按对照表略过 {skipped} + 不知归谁 {unassigned}",
                "{file}：讀到 {read} 列 = 新增 {new} + 相同 {same} + 更新 {changed} + 衝突 {conflicts} + 有誤 {wrong}"
                " + 按對照表略過 {skipped} + 不知歸誰 {unassigned}",
                "{file}: {read:row|rows} read = {new} new + {same} same + {changed} changed + {conflicts} in conflict"
                " + {wrong} wrong + {skipped} left out by the map + {unassigned} nobody's",
            ),
            {"file": done.file, **rows},
        ),
        style="bold",
        soft_wrap=True,
    )
    headings = say(
        "日志,新增,更新,相同,冲突,有误", "日誌,新增,更新,相同,衝突,有誤", "Log,New,Changed,Same,Conflicts,Wrong"
    )
    lines = [
        (one.log.path.name, str(one.new), str(one.changed), str(one.same), str(one.conflicts), str(one.wrong))
        for one in done.logs
    ]
    out.print(table(headings.split(","), lines, numbers=(1, 2, 3, 4, 5)))
    if dry_run:
        _print_rows(done, language)
    if done.findings:
        out.print(findings_table(done.findings[:SHOWN], language))
        _print_rest(len(done.findings))
    _print_backups(done.backups, dry_run)


def _print_rows(done: Imported, language: Language) -> None:
    """Print what a preview would write: the first new rows, and the cells that change."""
    from reportkit.cli.output import console, table
    from reportkit.importing.compare import changes_of

    out, columns = console(), done.form.column
    new = [(one.log.path.name, row) for one in done.logs for row in one.edit.appended][:PREVIEWED]
    codes = [code for code in columns if any(row.get(code) is not None for _, row in new)][:COLUMNS]
    if new:
        out.print(say("新增的前几行", "新增的前幾列", "The first new rows"), style="bold")
        labels = [columns[code].label.to(language) for code in codes]
        lines = [(log, *(_said(columns[code], row.get(code), language) for code in codes)) for log, row in new]
        out.print(table([say("日志", "日誌", "Log"), *labels], lines))
    changes = [(one.log.path.name, change) for one in done.logs for change in changes_of(one, done.form)]
    if changes:
        out.print(say("更新的单元格", "更新的儲存格", "Cells that change"), style="bold")
        headings = say("日志,行,列,原来,改为", "日誌,列,欄,原來,改為", "Log,Row,Column,Now,Then").split(",")
        told = [
            (
                log,
                str(one.row),
                columns[one.column].label.to(language),
                _said(columns[one.column], one.old, language),
                _said(columns[one.column], one.new, language),
            )
            for log, one in changes[:SHOWN]
        ]
        out.print(table(headings, told, numbers=(1,)))
        _print_rest(len(changes))


def _said(column: Column, value: object, language: Language) -> str:
    """Return a value as it will read in a log: choices by their label."""
    from reportkit.read.values import shown

    if column.choices is not None and value in column.choices.labels:
        return column.choices.labels[str(value)].to(language)
    return "" if value is None else shown(value)[:WIDEST]


def _print_rest(every: int) -> None:
    from reportkit.cli.output import console

    if every > SHOWN:
        rest = every - SHOWN
        console().print(
            say(
                f"还有 {rest} 条，用 --json 看全部",
                f"還有 {rest} 條，用 --json 看全部",
                f"{rest} more; --json prints all",
            ),
            style="dim",
        )


def _print_backups(backups: Mapping[Path, Path], dry_run: bool) -> None:
    from reportkit.cli.output import console

    out = console()
    if dry_run:
        out.print(PREVIEW, style="dim")
    elif backups:
        for log, backup in backups.items():
            line = say(f"写入 {log}，备份 {backup}", f"寫入 {log}，備份 {backup}", f"wrote {log}; backup {backup}")
            out.print(line, soft_wrap=True)
    else:
        out.print(say("没有要写入的", "沒有要寫入的", "Nothing to write"), style="dim")


def handover(
    folder: Folder, giver: From, taker: To, customers: Customers = None, dry_run: DryRun = False, as_of: AsOf = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Hand customers over from one advisor to another."""
    from reportkit.cli.output import print_json
    from reportkit.handover import hand_over
    from reportkit.importing.id_list import read_ids

    if not existing(folder).is_dir():
        branch_of(folder)
    ids = read_ids(customers) if customers else None
    done = hand_over(folder, an_id(giver), an_id(taker), ids, today=today_or(as_of, folder), dry_run=dry_run)
    if json:
        print_json(done.as_json(spoken()))
    else:
        _print_handed_over(done, dry_run, spoken())
    raise typer.Exit(1 if done.findings else 0)


def _print_handed_over(done: HandedOver, dry_run: bool, language: Language) -> None:
    from reportkit.cli.output import console, findings_table, table

    out = console()
    headings = say(
        "客户,未结工单,走访计划,业务机会,下次跟进",
        "客戶,未結工單,走訪計劃,業務機會,下次跟進",
        "Customer,Open cases,Plans,Opportunities,Next follow-up",
    )
    rows = [
        (
            f"{one.customer_id} {one.name}",
            str(one.cases),
            str(one.visits),
            str(one.opportunities),
            str(one.next_on or ""),
        )
        for one in done.customers
    ]
    out.print(table(headings.split(","), rows, numbers=(1, 2, 3)))
    if done.findings:
        out.print(findings_table(done.findings, language))
    _print_backups(done.backups, dry_run)


def _form(name: str) -> Form:
    from reportkit.definitions.columns import fold
    from reportkit.definitions.forms import FORMS
    from reportkit.read.workbook import sheet_codes

    code = sheet_codes(FORMS).get(fold(name))
    if code is None:
        known = say("、", "、", ", ").join(f"{form.label.to(spoken())} ({one})" for one, form in FORMS.items())
        raise typer.BadParameter(
            say(
                f"没有表单“{name}”。请从这些里选：{known}",
                f"沒有表單「{name}」。請從這些裡選：{known}",
                f"There is no form “{name}”. Choose one of these: {known}",
            )
        )
    return FORMS[code]
