"""The custom functions as VBA: one wrapper each, made from the Python functions, so that Excel needs no import step."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final

MODULE: Final = "reportkit_addin.functions"  # what the wrappers call; also the setting UDF MODULES
NO_FUNCTIONS_KEY: Final = "TEXT_NO_FUNCTIONS"

_CALL: Final = f"""
Private Function CallPython(name As String, arguments As Variant) As Variant
    #If Mac Then
        CallPython = Sentence("{NO_FUNCTIONS_KEY}")
    #Else
        On Error GoTo failed
        CallPython = XLPy.CallUDF("{MODULE}", name, arguments, ActiveWorkbook, Application.Caller)
        Exit Function
failed:
        CallPython = Err.Description
    #End If
End Function
"""
_JOIN: Final = """
Private Function Joined(fixed As Variant, more As Variant) As Variant
    Dim all() As Variant, i As Long, n As Long
    n = UBound(fixed) + 1
    If n + UBound(more) + 1 = 0 Then
        Joined = Array()
        Exit Function
    End If
    ReDim all(0 To n + UBound(more))
    For i = 0 To UBound(fixed)
        If IsObject(fixed(i)) Then Set all(i) = fixed(i) Else all(i) = fixed(i)
    Next i
    For i = 0 To UBound(more)
        If IsObject(more(i)) Then Set all(n + i) = more(i) Else all(n + i) = more(i)
    Next i
    Joined = all
End Function
"""


_OWN: Final = """
Private Function OwnRange(name As String) As Variant
    OwnRange = Array()
    On Error Resume Next
    OwnRange = Array(Application.Caller.Worksheet.Parent.Names(name).RefersToRange)
End Function
"""


def functions_vba() -> str:
    """Return the VBA of every custom function, and what they share."""
    from reportkit_addin.functions import FUNCTIONS

    return _CALL + _JOIN + _OWN + "".join(_wrapper(name, called) for name, called in FUNCTIONS.items())


def _wrapper(name: str, called: Callable[..., Any]) -> str:
    """Return the VBA function that calls a Python function with the same arguments."""
    from reportkit_addin.functions import OWN_RANGE

    fixed: list[str] = []
    many = ""
    for parameter in inspect.signature(called).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            many = parameter.name
        else:
            fixed.append(parameter.name)
    declared = ", ".join(
        [*(f"{one} As Variant" for one in fixed), *([f"ParamArray {many}() As Variant"] if many else [])]
    )
    given = f"Array({', '.join(fixed)})"
    if many:
        # A ParamArray cannot be passed on; assigned to a variant it can.
        body = f"    Dim more As Variant\n    more = {many}\n"
        if name in OWN_RANGE:
            body += f'    If UBound(more) < 0 Then more = OwnRange("{OWN_RANGE[name]}")\n'
        body += f'    {name} = CallPython("{name}", Joined({given}, more))\n'
    else:
        body = f'    {name} = CallPython("{name}", {given})\n'
    return f"\nPublic Function {name}({declared}) As Variant\n{body}End Function\n"
