"""The buttons of the LibreOffice extension: a press starts the user's Python and gives it this document.

Runs inside the office, with the office's own Python. The work is done by the user's Python, which talks back over a
named pipe that is open only while it runs.
"""

# ruff: noqa: N802, N816, UP006, UP035, UP045 -- UNO names methods and the helper; the office's Python may be 3.8
# The office's base classes carry no types:
# mypy: disable-error-code="misc"

import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Callable, Optional, Set, Tuple

import reportkit_interpreter  # type: ignore[import-not-found] # under this name in the extension alone
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX
from com.sun.star.beans import PropertyValue
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

NAME = "org.reportkit.Buttons"
SERVICES = ("com.sun.star.frame.ProtocolHandler",)
PROTOCOL = "org.reportkit.buttons:"
LONGEST_MESSAGE = 1500  # characters; the end of what the child said
CREATE_NO_WINDOW = 0x08000000  # Windows: no console flashes up

SENTENCES = {
    "no_python": {
        "zh-CN": "尚未设置 Python。请在终端运行 reportkit addin install，然后再按此按钮。",
        "zh-TW": "尚未設定 Python。請在終端機執行 reportkit addin install，然後再按此按鈕。",
        "en": "No Python is set. Run reportkit addin install in a terminal, then press the button again.",
    },
    "not_started": {
        "zh-CN": "无法启动 {python}：{reason}。请在终端运行 reportkit addin install。",
        "zh-TW": "無法啟動 {python}：{reason}。請在終端機執行 reportkit addin install。",
        "en": "{python} could not be started: {reason}. Run reportkit addin install in a terminal.",
    },
    "busy": {
        "zh-CN": "上一个操作还在进行，请等它完成。",
        "zh-TW": "上一個操作還在進行，請等它完成。",
        "en": "The last button is still at work. Wait until it is done.",
    },
    "failed": {
        "zh-CN": "操作没有完成（代码 {code}）。",
        "zh-TW": "操作沒有完成（代碼 {code}）。",
        "en": "The button did not finish its work (code {code}).",
    },
}

_working: Set[str] = set()  # RuntimeUIDs of the documents a child works on
_lock = threading.Lock()


class _Later(unohelper.Base, XCallback):
    """A call the office makes on its main thread, where windows may be opened."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call = call

    def notify(self, data: Any) -> None:
        """Do it."""
        self.call()


class Buttons(unohelper.Base, XServiceInfo, XInitialization, XDispatchProvider, XDispatch):
    """Answers the URLs of the buttons for one window."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context
        self.frame: Any = None
        self.initialize(arguments)

    def initialize(self, arguments: Any) -> None:
        """Remember the window; the office passes it when the handler is made."""
        if arguments:
            self.frame = arguments[0]

    def getImplementationName(self) -> str:
        """Return the name the extension registers."""
        return NAME

    def supportsService(self, name: str) -> bool:
        """Tell whether this is a handler of that kind."""
        return name in SERVICES

    def getSupportedServiceNames(self) -> Tuple[str, ...]:
        """Return the kinds of handler this is."""
        return SERVICES

    def queryDispatch(self, url: Any, target: Any, flags: Any) -> Any:
        """Return this object for our own URLs."""
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests: Any) -> Tuple[Any, ...]:
        """Return a handler, or None, for each request."""
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """Ignore it: the buttons are always enabled."""

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """Ignore it: no listener is kept."""

    def dispatch(self, url: Any, arguments: Any) -> None:
        """Start the work of a button and return at once."""
        document = self.frame.getController().getModel()
        uid = document.RuntimeUID
        python = reportkit_interpreter.interpreter(sys.platform, os.environ, Path.home())
        if not python:
            self.say(INFOBOX, self.sentence("no_python"))
            return
        with _lock:
            busy = uid in _working
            _working.add(uid)
        if busy:
            self.say(INFOBOX, self.sentence("busy"))
            return
        threading.Thread(target=self.work, args=(python, url.Path, uid), daemon=True).start()

    def work(self, python: str, tag: str, uid: str) -> None:
        """Run the child beside the office and say what went wrong, if anything did."""
        try:
            problem = self.run(python, tag, uid)
        finally:
            with _lock:
                _working.discard(uid)
        if problem:
            self.on_main_thread(lambda: self.say(ERRORBOX, problem))

    def run(self, python: str, tag: str, uid: str) -> Optional[str]:
        """Run the child over a pipe of its own; return what to tell the user, or None when all is well."""
        pipe = "reportkit_" + secrets.token_hex(16)
        acceptor = self.create("com.sun.star.office.Acceptor")
        acceptor.initialize(("pipe,name=" + pipe + ";urp;", True))
        command = [python, "-P", "-m", "reportkit_addin.libreoffice_button", tag, "--pipe", pipe, "--document", uid]
        try:
            child = subprocess.run(
                command,
                env=reportkit_interpreter.child_environment(os.environ),
                cwd=str(Path.home()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
                creationflags=CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except OSError as error:
            return self.sentence("not_started").format(python=python, reason=error.strerror or error)
        finally:
            del acceptor  # the pipe closes with it
        if child.returncode == 0:
            return None
        words = child.stderr.decode("utf-8", "replace").strip()[-LONGEST_MESSAGE:]
        return words or self.sentence("failed").format(code=child.returncode)

    def on_main_thread(self, call: Callable[[], None]) -> None:
        """Have the office make the call on its main thread."""
        self.create("com.sun.star.awt.AsyncCallback").addCallback(_Later(call), None)

    def say(self, kind: Any, words: str) -> None:
        """Show a message in front of the window."""
        window = self.frame.getContainerWindow()
        box = window.getToolkit().createMessageBox(window, kind, 1, "reportkit", words)
        box.execute()
        box.dispose()

    def sentence(self, name: str) -> str:
        """Return a sentence in the language of the office."""
        provider = self.create("com.sun.star.configuration.ConfigurationProvider")
        node = PropertyValue()
        node.Name, node.Value = "nodepath", "/org.openoffice.Setup/L10N"
        service = "com.sun.star.configuration.ConfigurationAccess"
        locale = provider.createInstanceWithArguments(service, (node,)).getByName("ooLocale")
        language = locale if locale in ("zh-CN", "zh-TW") else "en"
        return SENTENCES[name][language]

    def create(self, service: str) -> Any:
        """Return a new service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)


g_ImplementationHelper = unohelper.ImplementationHelper()  # the name the office's loader looks for
g_ImplementationHelper.addImplementation(Buttons, NAME, SERVICES)
