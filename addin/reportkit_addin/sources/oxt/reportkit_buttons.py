"""The buttons of the LibreOffice extension: a press starts the user's Python and gives it this document.

Runs inside the office, with the office's own Python. The work is done by the user's Python, which talks back over a
named pipe that is open only while it runs.
"""

# ruff: noqa: N802, N816, UP006, UP035, UP045 -- UNO names methods and the helper; the office's Python may be 3.8
# The office's base classes carry no types:
# mypy: disable-error-code="misc"

import secrets
import subprocess
import threading
from typing import Any, Callable, Optional, Set, Tuple

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.awt.MessageBoxType import INFOBOX, WARNINGBOX
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from reportkit_shared import (  # type: ignore[import-not-found] # found in the extension alone
    LONGEST_MESSAGE,
    create,
    python,
    sentence,
    surroundings,
)

NAME = "org.reportkit.Buttons"
SERVICES = ("com.sun.star.frame.ProtocolHandler",)
PROTOCOL = "org.reportkit.buttons:"

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
        interpreter = python()
        if not interpreter:
            self.say(INFOBOX, self.told("no_python"))
            return
        with _lock:
            busy = uid in _working
            _working.add(uid)
        if busy:
            self.say(INFOBOX, self.told("busy"))
            return
        sign = self.frame.createStatusIndicator()
        sign.start(self.told("at_work"), 0)  # Python takes a second or two to start
        threading.Thread(target=self.work, args=(interpreter, url.Path, uid, sign), daemon=True).start()

    def work(self, interpreter: str, tag: str, uid: str, sign: Any) -> None:
        """Run the child beside the office and say what went wrong, if anything did."""
        try:
            problem = self.run(interpreter, tag, uid)
        finally:
            with _lock:
                _working.discard(uid)
            self.on_main_thread(sign.end)
        if problem:
            self.on_main_thread(lambda: self.say(WARNINGBOX, problem))

    def run(self, interpreter: str, tag: str, uid: str) -> Optional[str]:
        """Run the child over a pipe of its own; return what to tell the user, or None when all is well."""
        pipe = "reportkit_" + secrets.token_hex(16)
        acceptor = create(self.context, "com.sun.star.office.Acceptor")
        acceptor.initialize(("pipe,name=" + pipe + ";urp;", True))
        command = [
            interpreter,
            "-P",
            "-m",
            "reportkit_addin.libreoffice_button",
            tag,
            "--pipe",
            pipe,
            "--document",
            uid,
        ]
        try:
            child = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
                **surroundings(),
            )
        except OSError as error:
            return self.told("not_started", python=interpreter, reason=error.strerror or error)
        finally:
            del acceptor  # the pipe closes with it
        if child.returncode == 0:
            return None
        words = child.stderr.decode("utf-8", "replace").strip()[-LONGEST_MESSAGE:]
        return words or self.told("failed", code=child.returncode)

    def told(self, name: str, **places: object) -> str:
        """Return a sentence in the language of the office."""
        words: str = sentence(self.context, name).format(**places)
        return words

    def on_main_thread(self, call: Callable[[], None]) -> None:
        """Have the office make the call on its main thread."""
        create(self.context, "com.sun.star.awt.AsyncCallback").addCallback(_Later(call), None)

    def say(self, kind: Any, words: str) -> None:
        """Show a message in front of the window."""
        window = self.frame.getContainerWindow()
        box = window.getToolkit().createMessageBox(window, kind, 1, self.told("title"), words)
        box.execute()
        box.dispose()


g_ImplementationHelper = unohelper.ImplementationHelper()  # the name the office's loader looks for
g_ImplementationHelper.addImplementation(Buttons, NAME, SERVICES)
