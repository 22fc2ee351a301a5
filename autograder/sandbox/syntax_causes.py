"""What is the matter with a line that Python cannot read, in plain words.

By Python's own message first, which is right where it says something; where it says "invalid
syntax" alone, by what stands on the line. Nothing is said where neither tells. It needs Python's
own library alone: see ``reading``.
"""

from __future__ import annotations

import keyword
import re

#: Characters of a line that are looked at.
LONGEST = 200

#: By a part of Python's message, and what a student is told instead.
_MESSAGES: tuple[tuple[str, str], ...] = (
    ("expected ':'", "a colon (:) is missing at the end of the line"),
    ("was never closed", "a bracket is opened and never closed"),
    ("does not match opening", "a bracket is closed by one of another kind"),
    ("unmatched", "a bracket is closed that was never opened"),
    ("unterminated triple-quoted", "a text in three quotes is opened and never closed"),
    ("unterminated f-string", "a quote is opened and never closed"),
    ("unterminated string", "a quote is opened and never closed"),
    ("unexpected indent", "the line is indented further than the one before allows"),
    ("expected an indented block", "what belongs to the line with the colon must be indented"),
    ("unindent does not match", "the indentation matches that of no line above it"),
    ("inconsistent use of tabs", "tabs and spaces are mixed in the indentation"),
    ("Missing parentheses in call to", "print needs parentheses: `print(...)`"),
    ("'return' outside function", "a `return` stands outside of every function: is it indented?"),
    ("'yield' outside function", "a `yield` stands outside of every function"),
    ("'await' outside", "an `await` stands outside of every async function"),
    ("'break' outside loop", "a `break` stands outside of every loop"),
    ("'continue' not properly in loop", "a `continue` stands outside of every loop"),
    ("duplicate argument", "a function has two parameters of the same name"),
    ("keyword argument repeated", "a call gives the same argument twice"),
    ("positional argument follows keyword", "an argument without a name stands behind a named one"),
    ("non-default argument follows", "a parameter without a default stands behind one with one"),
    ("parameter without a default", "a parameter without a default stands behind one with one"),
    ("maybe you meant '=='", "one = stores a value; to compare, write =="),
    ("Maybe you meant '=='", "one = stores a value; to compare, write =="),
    ("cannot assign to", "what stands on the left of the = can hold no value; a name can"),
    ("cannot delete", "`del` takes a name or an entry, nothing else"),
    ("illegal target for annotation", "what stands before the colon is no name"),
    ("is parameter and global", "a parameter is declared global in its own function"),
    ("is parameter and nonlocal", "a parameter is declared nonlocal in its own function"),
    ("is nonlocal and global", "a name is declared both nonlocal and global"),
    ("prior to global", "`global` stands below the first use of the name"),
    ("prior to nonlocal", "`nonlocal` stands below the first use of the name"),
    ("nonlocal declaration not allowed", "`nonlocal` stands outside of every function"),
    ("no binding for nonlocal", "`nonlocal` names what no function around this one has"),
    ("import * only allowed", "`from ... import *` stands in a function; it belongs at the top"),
    ("trailing comma not allowed", "a comma stands after the last name of an import"),
    ("from __future__ imports must", "`from __future__ import` must be the first line of the file"),
    ("invalid decimal literal", "a name begins with a digit, or a digit and a name have no sign "
     "between them"),
    ("invalid imaginary literal", "a name begins with a digit"),
    ("invalid hexadecimal", "a hexadecimal number (0x...) holds another letter"),
    ("invalid octal", "an octal number (0o...) holds another digit"),
    ("invalid digit", "a number holds a digit that its kind has not"),
    ("leading zeros", "a whole number begins with 0"),
    ("unexpected character after line continuation", "something stands behind a backslash \\ at "
     "which the line was to go on"),
    ("unexpected EOF", "the file ends where something is still open"),
    ("end of file", "the file ends where something is still open"),
    ("invalid non-printable", "it holds a sign that cannot be seen; type the line anew"),
    ("invalid character", "it holds a sign that is no Python; type it anew"),
    ("bytes can only contain ASCII", "a text of bytes (b'...') holds a letter that is not ASCII"),
    ("unicodeescape", "a backslash in a text is taken for a special sign; write r'...'"),
    ("f-string: empty expression", "the braces of an f-string are empty"),
    ("f-string: expecting '}'", "a brace of an f-string is opened and never closed"),
    ("f-string: single '}'", "an f-string holds a closing brace alone"),
    ("f-string", "what stands in the braces of an f-string is no Python"),
    ("Generator expression must be parenthesized", "a `... for ... in ...` beside other arguments "
     "needs parentheses of its own"),
    ("did you forget parentheses around the comprehension", "a pair in a comprehension needs "
     "parentheses"),
    ("multiple exception types must be parenthesized", "several exceptions behind `except` need "
     "parentheses"),
    ("expected 'except' or 'finally'", "a `try` has no `except` below it"),
    ("default 'except:' must be last", "an `except:` for everything must be the last one"),
    ("Did you mean print", "print needs parentheses: `print(...)`"),
    ("cannot mix bytes", "texts and bytes stand side by side"),
    ("before global declaration", "`global` stands below the first use of the name"),
    ("before nonlocal declaration", "`nonlocal` stands below the first use of the name"),
    ("annotated name", "a name with a type cannot be declared global"),
    ("cannot follow var-keyword", "nothing can stand behind a ** parameter"),
    ("* argument may appear only once", "the parameters have more than one *"),
    ("future feature", "`from __future__` has no such name"),
    ("not a chance", "`from __future__` has no such name"),
    ("Lambda expression parameters", "a lambda's parameters stand in no parentheses"),
    ("iterable unpacking cannot", "a * cannot stand in a comprehension"),
    ("expression cannot contain assignment", "in a call, a name alone can stand before the ="),
    ("/ must be ahead", "the / of the parameters stands too far back"),
    ("/ may appear only once", "the parameters have more than one /"),
    ("assignment expression", "`:=` cannot stand in this place"),
    ("comprehension inner loop", "`:=` cannot stand in this place"),
    ("too many nested parentheses", "brackets are nested too deeply"),
    ("starred", "a star stands where nothing can be unpacked"),
    ("named arguments must follow bare", "a bare * needs parameters behind it"),
    ("expected 'else' after 'if' expression", "`a if b` as a value needs its `else`"),
    ("lambda", "a lambda is not written as one: `lambda x: ...`"),
    ("too many statically nested", "loops and ifs are nested too deeply"),
    ("nested too deeply", "the code is nested too deeply to be read"),
    ("null byte", "the file holds null bytes: save it as plain text (UTF-8)"),
    ("':' expected after dictionary key", "a dictionary's key has no colon and value behind it"),
    ("expression expected after dictionary key", "a dictionary's key has no value behind it"),
    ("expected '('", "a function's name needs parentheses behind it"),
    ("Expected one or more names after 'import'", "`import` names nothing"),
)  # fmt: skip

_KEYWORD = "|".join(keyword.kwlist)

#: By what stands on a line of which Python says no more than that it is invalid.
_LINES: tuple[tuple[str, str], ...] = (
    (r"```", "the ``` round a copied piece of code is no Python; delete such lines"),
    (r">>>|In ?\[\d*\]:|Out\[\d*\]:|\.\.\. ", "the >>> of a copied example is no Python"),
    (r"<{7}|={7}|>{7}|\|{7}", "the mark of a merge conflict is left; choose a version, delete it"),
    (r"[%!]\s*\w+", "a line for a notebook (% or !) is no Python; delete it"),
    (r"(?:pip3?|python3?|conda|cd)\s+[-\w]+\s*", "this is a command for a terminal, not Python"),
    (r"print\s+[^=\s(]", "print needs parentheses: `print(...)`"),
    (r"exec\s+[^=\s(.]", "exec needs parentheses: `exec(...)`"),
    (rf"(?:{_KEYWORD})\s*=[^=]", "a word of Python's own is used as a name"),
    (r"else\s+if\b|elseif\b|elsif\b", "this is written `elif` in Python"),
    (r"(?:else|elif)\b", "an `else` or `elif` stands under no `if` of the same indentation"),
    (r"(?:except|finally)\b", "it stands under no `try` of the same indentation"),
    (r".*[\[(].*\bfor\b.*\bin\b.*\bif\b.*\belse\b", "with an `else`, the choice stands before the "
     "`for`: `[a if ... else b for v in x]`"),
    (r"for\s+\w+(?:\s*,\s*\w+)*\s+(?!in\b)\w", "the `in` of the `for` is missing"),
    (r"for\s*\(.*;", "a `for` goes through values: `for i in range(n):`"),
    (r"for\b.*\brange\s+\w", "range needs parentheses: `range(...)`"),
    (r"(?:if|while|elif)\s*:", "the condition is missing"),
    (r"class\s*[:(]", "a class has no name behind `class`"),
    (r"(?:if|while|elif|for|def|class)\b.*;\s*(?:#.*)?$", "a ; stands where a : belongs"),
    (r"def\s+\w+\s*:", "a function's name needs parentheses behind it"),
    (r"def\s*[(:]", "a function has no name behind `def`"),
    (rf"def\s+(?:{_KEYWORD})\b", "a word of Python's own is used as a name"),
    (rf"def\s+\w+\((?:.*[,*])?\s*(?:{_KEYWORD})\s*[,)=]", "a parameter has one of Python's words"),
    (r"def\s+\w+\((?:[^)=]*,)?\s*[\"'\d\[{(]", "a parameter is a name, nothing else"),
    (r"def\s+\w+\((?:[^)=]*,)?\s*\w*\s*[-+/]", "a parameter is a name, nothing else"),
    (r"def\s+\w+\([^)]*\w\.", "a parameter's name holds no dot"),
    (r"def\s+\w*[^\w\s(]", "a function's name holds a sign that no name may hold"),
    (r"(?:function|func|fn)\s+\w+\s*\(", "a function begins with `def` in Python"),
    (r"import\s+\S+\s+from\b", "it is written the other way round: `from ... import ...`"),
    (r"from\s+\S+\s+import\s+.*\b(?:and|or)\b", "the names of an import have commas between them"),
    (r"from\s+[\w.]+\s*$", "a `from` needs an `import`"),
    (rf"(?:import|from)\b.*\b(?:as|import)\s+(?:{_KEYWORD})\b", "a word of Python's own is used as "
     "a name"),
    (r"raise\s+\w+\s*,", "an exception's words stand in parentheses: `raise ValueError(...)`"),
    (r"[^\"'#]*===", "equal is written =="),
    (r"[^\"'#]*(?:=<|=>|=!)", "a comparison's signs stand in the wrong order: <=, >=, !="),
    (r"[^\"'#]*<>", "unequal is written !="),
    (r"[^\"'#]*&&", "`&&` is written `and` in Python"),
    (r"[^\"'#]*\|\|", "`||` is written `or` in Python"),
    (r"[^\"'#]*(?:\+\+|--)\s*$", "++ and -- are written `+= 1` and `-= 1` in Python"),
    (r"[^\"'#]*,\s*,", "two commas stand side by side"),
    (r"[^\"'#]*[\[({][^\])}]*;", "a ; stands where a comma belongs"),
    (r"[^\"'#]*(?:\*{3}|[-+*/%]\s+[*/%=])", "two operators stand side by side"),
    (r"[^\"'#]*=\s*$", "nothing stands behind the ="),
    (r"[^\"'#]*[-+*/%&|^]\s*$", "nothing stands behind the last sign of the line"),
    (r"\d+\w*\s*=[^=]", "a name cannot begin with a digit"),
    (r"[^\"'#]*;\s*(?:if|for|while|def|class)\b", "after a ; only a simple line can follow"),
    (r"[^\"'#]*:=", "`:=` cannot stand so; a plain = stores a value"),
    (r"[^\"'#]*\?", "a question mark is no Python"),
    (r"[^\"'#]*\$", "a $ is no Python"),
    (r"[^\"'#]*`", "a backquote ` is no Python"),
    (r"[^\"'#]*\[\s*\]\s*$", "an index is missing in the brackets"),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"\s*(?:{pattern})"), told) for pattern, told in _LINES)

_BEFORE = re.compile(r"""([\w.]+|[)\]}"'])[ \t]+$""")
_AT = re.compile(r"""\w+|["'(\[{]|\S""")


def cause(message: str, line: str, column: int | None = None) -> str:
    """Say what is the matter.

    Parameters
    ----------
    message : str
        Python's own.
    line : str
        The line as it stands in the file.
    column : int, optional
        Where Python stops on it, counted from 1.

    Returns
    -------
    str
        At the least where Python stops; empty if that is not known either.
    """
    for part, told in _MESSAGES:
        if part in message:
            return told
    line = line[:LONGEST]
    for pattern, told in _COMPILED:
        if pattern.match(line):
            return told
    if column is None:
        return ""
    if "forgot a comma" in message:
        at = _AT.match(line, column - 1)
        here = f", from `{at[0]}` on" if at else ""
        return f"two values stand side by side{here}: is a comma or an operator missing?"
    return _where(line, column)


def _where(line: str, column: int) -> str:
    found = _AT.match(line, column - 1)
    if found is None:
        return ""
    before = _BEFORE.search(line, 0, column - 1)
    if before and not {before[1], found[0]} & set(keyword.kwlist) and (found[0][0].isalnum()):
        return f"`{before[1]}` and `{found[0]}` stand side by side with nothing between them"
    return f"Python can make nothing of `{found[0]}` in this place"
