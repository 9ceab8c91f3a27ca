"""Drives a real office from outside: runs under the Python that has `uno`, prints JSON.

usage: office_driver.py PIPE ACTION ARGUMENT…
"""

from __future__ import annotations

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.util import URL, CloseVetoException

SECONDS = 60


def connect(pipe: str, seconds: float = SECONDS):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as error:  # the office is still starting
            if time.monotonic() > deadline:
                raise ConnectionError(str(error)) from error
            time.sleep(0.2)


def prop(name: str, value: object):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(context):
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def press(context, url: str, cell: str, want: str) -> dict[str, object]:
    """Press a button in a new document, then wait for a cell to say what is wanted."""
    document = desktop(context).loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    sheet = document.Sheets.getByIndex(0)
    target = URL()
    target.Complete = url
    transformer = context.ServiceManager.createInstanceWithContext("com.sun.star.util.URLTransformer", context)
    _, target = transformer.parseStrict(target)
    frame = document.CurrentController.Frame
    dispatch = frame.queryDispatch(target, "_self", 0)
    started = time.monotonic()
    dispatch.dispatch(target, ())
    returned = time.monotonic() - started
    deadline = started + SECONDS
    while want not in sheet.getCellRangeByName(cell).String and time.monotonic() < deadline:
        time.sleep(0.05)
    found = sheet.getCellRangeByName(cell).String
    seconds = time.monotonic() - started
    uid = document.RuntimeUID
    close_document(document)
    return {"cell": found, "uid": uid, "returned": returned, "seconds": seconds}


def message_after(context, url: str) -> dict[str, object]:
    """Press a button in a new document and return the words of the message box that follows."""
    document = desktop(context).loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    target = URL()
    target.Complete = url
    transformer = context.ServiceManager.createInstanceWithContext("com.sun.star.util.URLTransformer", context)
    _, target = transformer.parseStrict(target)
    frame = document.CurrentController.Frame
    frame.queryDispatch(target, "_self", 0).dispatch(target, ())
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for place in range(toolkit.getTopWindowCount()):
            window = toolkit.getTopWindow(place)
            if uno.getTypeByName("com.sun.star.awt.XMessageBox") in window.getTypes():
                found = {"title": window.CaptionText, "words": window.MessageText}
                close(window)
                return found
        time.sleep(0.1)
    return {}


def close(box):
    """Press the last button of a message box."""
    accessible = box.getAccessibleContext()
    button = accessible.getAccessibleChild(accessible.getAccessibleChildCount() - 1)
    button.getAccessibleContext().doAccessibleAction(0)


def toolbar(context) -> dict[str, object]:
    """Open a spreadsheet and return the titles of our toolbar's items, and whether it is shown."""
    document = desktop(context).loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    layout = document.CurrentController.Frame.LayoutManager
    name = "private:resource/toolbar/addon_org.reportkit.buttons"
    bar = layout.getElement(name).getRealInterface().getAccessibleContext()
    found = [bar.getAccessibleChild(place) for place in range(bar.getAccessibleChildCount())]
    labels = [each.getAccessibleContext().getAccessibleName() for each in found]
    docked = bool(layout.isElementDocked(name))
    return {
        "shown": bool(layout.isElementVisible(name)),
        "docked": docked,
        "labels": [label for label in labels if label],
    }


def load(context, url: str) -> dict[str, object]:
    """Load a ribbon file as what it is; return its sheets, cells and the sources of its modules."""
    document = desktop(context).loadComponentFromURL(
        url, "_blank", 0, (prop("Hidden", True), prop("FilterName", "Calc MS Excel 2007 VBA XML"))
    )
    sheet = document.Sheets.getByIndex(0)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress.EndRow
    cells = [[str(value) for value in row] for row in sheet.getCellRangeByPosition(0, 0, 1, last).getDataArray()]
    libraries = document.BasicLibraries
    modules = {
        module: libraries.getByName(library).getByName(module)
        for library in libraries.getElementNames()
        for module in (libraries.loadLibrary(library), libraries.getByName(library).getElementNames())[1]
    }
    names = list(document.Sheets.getElementNames())
    close_document(document)
    return {"sheets": names, "cells": cells, "modules": modules}


def ready(pipe: str) -> bool:
    """Return whether the office answers within a moment."""
    try:
        connect(pipe, 3)
    except ConnectionError:
        return False
    return True


def close_document(document) -> None:
    """Close a document; a message box that is just going still vetoes it."""
    for _ in range(50):
        try:
            document.close(True)
        except CloseVetoException:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the document stays open")


def main(pipe: str, action: str, *arguments: str) -> None:
    if action == "ready":
        json.dump(ready(pipe), sys.stdout)
        return
    context = connect(pipe)
    if action == "quit":
        desktop(context).terminate()
        return
    actions = {
        "press": press,
        "message_after": message_after,
        "toolbar": toolbar,
        "load": load,
    }
    json.dump(actions[action](context, *arguments), sys.stdout, ensure_ascii=False)


main(*sys.argv[1:])
