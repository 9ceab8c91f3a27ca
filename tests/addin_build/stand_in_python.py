#!/usr/bin/python3
"""Stands in for the user's Python: does what a button's script would, over the pipe it is given."""

import os
import sys

import uno

command, tag = sys.argv[1:4], sys.argv[4]
pipe, document = sys.argv[6], sys.argv[8]
assert command == ["-P", "-m", "reportkit_addin.libreoffice_button"], command
if tag == "send":
    sys.exit("第 7 行缺少日期。")
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
components = desktop.Components.createEnumeration()
while components.hasMoreElements():
    component = components.nextElement()
    if component.RuntimeUID == document:
        inherited = [name for name in ("PYTHONPATH", "PYTHONHOME", "URE_BOOTSTRAP") if name in os.environ]
        component.Sheets.getByIndex(0).getCellRangeByName("A1").String = f"{tag} {inherited} done"
# UNO's threads now and then crash a process that takes itself apart; the engine keeps them in one of its own.
os._exit(0)
