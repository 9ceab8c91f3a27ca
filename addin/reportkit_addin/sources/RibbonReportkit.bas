Attribute VB_Name = "RibbonReportkit"
Option Explicit

' Every button of the ribbon calls Press; its tag says which one it is.
' Sentences stand in the settings sheet of this file, in the language it was built for:
' VBA source holds no Chinese.

Public Sub Press(control As IRibbonControl)
    If InProtectedView() Then
        ' The active workbook would be another one, behind the one in front.
        MsgBox Sentence("TEXT_PROTECTED_VIEW"), vbInformation
    ElseIf ActiveWorkbook Is Nothing Then
        MsgBox Sentence("TEXT_NO_WORKBOOK"), vbInformation
    ElseIf SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") Then
        ' Its settings would win over ours and choose the program that is started.
        MsgBox Sentence("TEXT_FOREIGN_SETTINGS"), vbExclamation
    ElseIf Not NameIsSafe(ActiveWorkbook.FullName) Then
        MsgBox Sentence("TEXT_UNSAFE_NAME"), vbExclamation
    Else
        RunPython "import os; os.environ.setdefault('REPORTKIT_LANG', '" & Sentence("LANGUAGE") & "'); " & _
            "import reportkit_addin.scripts; reportkit_addin.scripts.run('" & control.Tag & "')"
    End If
End Sub

Private Function Sentence(key As String) As String
    Sentence = GetConfigFromSheet(ThisWorkbook).Item(key)
End Function

Private Function NameIsSafe(fullName As String) As Boolean
    ' macOS allows these in a file name; RunPython puts the name into a command.
    Dim i As Integer
    NameIsSafe = True
    #If Mac Then
        For i = 1 To Len(fullName)
            If InStr("'""`$|;", Mid$(fullName, i, 1)) > 0 Then NameIsSafe = False
        Next i
    #End If
End Function

Private Function InProtectedView() As Boolean
    #If Not Mac Then
        InProtectedView = Not Application.ActiveProtectedViewWindow Is Nothing
    #End If
End Function
