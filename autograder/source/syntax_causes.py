"""What is the matter with a line that Python cannot read, in plain words.

By Python's own message first, which is right where it says something; where it says "invalid
syntax" alone, by what stands on the line. Nothing is said where neither tells.
"""

from __future__ import annotations

import keyword
import re

from .phrases import Said, said

#: Characters of a line that are looked at.
LONGEST = 200

#: By a part of Python's message: what a student is told instead, under ``syntax`` of the words.
_MESSAGES: tuple[tuple[str, str], ...] = (
    ("expected ':'", "colon_missing_at_end"),
    ("was never closed", "bracket_opened_never_closed"),
    ("does not match opening", "bracket_closed_by_one"),
    ("unmatched", "bracket_closed_was_never"),
    ("unterminated triple-quoted", "text_three_quotes_opened"),
    ("unterminated f-string", "quote_opened_never_closed"),
    ("unterminated string", "quote_opened_never_closed"),
    ("unexpected indent", "line_indented_further_than"),
    ("expected an indented block", "what_belongs_line_with"),
    ("unindent does not match", "indentation_matches_no_line"),
    ("inconsistent use of tabs", "tabs_spaces_are_mixed"),
    ("Missing parentheses in call to", "print_needs_parentheses_print"),
    ("'return' outside function", "return_stands_outside_every"),
    ("'yield' outside function", "yield_stands_outside_every"),
    ("'await' outside", "await_stands_outside_every"),
    ("'break' outside loop", "break_stands_outside_every"),
    ("'continue' not properly in loop", "continue_stands_outside_every"),
    ("duplicate argument", "function_has_two_parameters"),
    ("keyword argument repeated", "call_gives_same_argument"),
    ("positional argument follows keyword", "argument_without_name_stands"),
    ("non-default argument follows", "parameter_without_default_stands"),
    ("parameter without a default", "parameter_without_default_stands"),
    ("cannot assign to function call", "call_can_hold_no_value"),
    ("maybe you meant '=='", "one_stores_value_compare"),
    ("Maybe you meant '=='", "one_stores_value_compare"),
    ("cannot assign to", "what_stands_on_left"),
    ("cannot delete", "del_takes_name_entry"),
    ("illegal target for annotation", "what_stands_before_colon"),
    ("is parameter and global", "parameter_declared_global_its"),
    ("is parameter and nonlocal", "parameter_declared_nonlocal_its"),
    ("is nonlocal and global", "name_declared_both_nonlocal"),
    ("prior to global", "global_stands_below_first"),
    ("prior to nonlocal", "nonlocal_stands_below_first"),
    ("nonlocal declaration not allowed", "nonlocal_stands_outside_every"),
    ("no binding for nonlocal", "nonlocal_names_what_no"),
    ("import * only allowed", "from_import_stands_function"),
    ("trailing comma not allowed", "comma_stands_after_last"),
    ("from __future__ imports must", "from_future_import_must"),
    ("invalid decimal literal", "name_begins_with_digit"),
    ("invalid imaginary literal", "name_begins_with_digit_only"),
    ("invalid hexadecimal", "hexadecimal_number_x_holds"),
    ("invalid octal", "octal_number_o_holds"),
    ("invalid digit", "number_holds_digit_its"),
    ("leading zeros", "whole_number_begins_with"),
    ("unexpected character after line continuation", "something_stands_behind_backslash"),
    ("unexpected EOF", "file_ends_where_something"),
    ("end of file", "file_ends_where_something"),
    ("invalid non-printable", "holds_sign_cannot_be"),
    ("invalid character", "holds_sign_no_python"),
    ("bytes can only contain ASCII", "text_bytes_b_holds"),
    ("unicodeescape", "backslash_text_taken_for"),
    ("f-string: empty expression", "braces_f_string_are"),
    ("f-string: expecting '}'", "brace_f_string_opened"),
    ("f-string: single '}'", "f_string_holds_closing"),
    ("f-string", "what_stands_braces_f"),
    ("Generator expression must be parenthesized", "for_beside_other_arguments"),
    ("did you forget parentheses around the comprehension", "pair_comprehension_needs_parentheses"),
    ("multiple exception types must be parenthesized", "several_exceptions_behind_except"),
    ("expected 'except' or 'finally'", "try_has_no_except"),
    ("default 'except:' must be last", "except_for_everything_must"),
    ("Did you mean print", "print_needs_parentheses_print"),
    ("cannot mix bytes", "texts_bytes_stand_side"),
    ("before global declaration", "global_stands_below_first"),
    ("before nonlocal declaration", "nonlocal_stands_below_first"),
    ("annotated name", "name_with_type_cannot"),
    ("cannot follow var-keyword", "nothing_can_stand_behind"),
    ("* argument may appear only once", "parameters_have_more_than"),
    ("future feature", "from_future_has_no"),
    ("not a chance", "from_future_has_no"),
    ("Lambda expression parameters", "lambda_s_parameters_stand"),
    ("iterable unpacking cannot", "cannot_stand_comprehension"),
    ("expression cannot contain assignment", "call_name_alone_can"),
    ("/ must be ahead", "parameters_stands_too_far"),
    ("/ may appear only once", "parameters_have_more_than_one"),
    ("assignment expression", "cannot_stand_place"),
    ("comprehension inner loop", "cannot_stand_place"),
    ("too many nested parentheses", "brackets_are_nested_too"),
    ("starred", "star_stands_where_nothing"),
    ("named arguments must follow bare", "bare_needs_parameters_behind"),
    ("expected 'else' after 'if' expression", "if_b_as_value"),
    ("lambda", "lambda_not_written_as"),
    ("too many statically nested", "loops_ifs_are_nested"),
    ("nested too deeply", "code_nested_too_deeply"),
    ("null byte", "file_holds_null_bytes"),
    ("':' expected after dictionary key", "dictionary_s_key_has"),
    ("expression expected after dictionary key", "dictionary_s_key_has_no"),
    ("expected '('", "function_s_name_needs"),
    ("Expected one or more names after 'import'", "import_names_nothing"),
)  # fmt: skip

_KEYWORD = "|".join(keyword.kwlist)

#: By what stands on a line of which Python says no more than that it is invalid.
_LINES: tuple[tuple[str, str], ...] = (
    (r"```", "round_copied_piece_code"),
    (r">>>|In ?\[\d*\]:|Out\[\d*\]:|\.\.\. ", "copied_example_no_python"),
    (r"<{7}|={7}|>{7}|\|{7}", "mark_merge_conflict_left"),
    (r"[%!]\s*\w+", "line_for_notebook_no"),
    (r"(?:pip3?|python3?|conda|cd)\s+[-\w]+\s*", "command_for_terminal_not"),
    (r"print\s+[^=\s(]", "print_needs_parentheses_print"),
    (r"exec\s+[^=\s(.]", "exec_needs_parentheses_exec"),
    (rf"(?:{_KEYWORD})\s*=[^=]", "word_python_s_own"),
    (r"if\b[^:]*:.*\S\s*(?<!\w)else\b", "if_and_else_on_one_line"),
    (r"[^\"'#]*\[[-\d.\s]*\d\s+-?\d", "numbers_without_commas"),
    (r"(?!.*\blambda\b)[^\"'#]*\w\([^()\[\]{}]*[^\s:(]\s*:\s", "colon_among_arguments"),
    (r"else\s+if\b|elseif\b|elsif\b", "written_elif_python"),
    (r"else\s+[^:\s]", "else_has_no_condition"),
    (r"(?:else|elif)\b", "else_elif_stands_under"),
    (r"(?:except|finally)\b", "stands_under_no_try"),
    (r".*[\[(].*\bfor\b.*\bin\b.*\bif\b.*\belse\b", "else_before_for"),
    (r"for\s+\w+(?:\s*,\s*\w+)*\s+(?!in\b)\w", "for_missing"),
    (r"for\s*\(.*;", "for_goes_through_values"),
    (r"for\b.*\brange\s+\w", "range_needs_parentheses_range"),
    (r"(?:if|while|elif)\s*:", "condition_missing"),
    (r"class\s*[:(]", "class_has_no_name"),
    (r"(?:if|while|elif|for|def|class)\b.*;\s*(?:#.*)?$", "stands_where_belongs"),
    (r"def\s+\w+\s*:", "function_s_name_needs"),
    (r"def\s*[(:]", "function_has_no_name"),
    (rf"def\s+(?:{_KEYWORD})\b", "word_python_s_own"),
    (rf"def\s+\w+\((?:.*[,*])?\s*(?:{_KEYWORD})\s*[,)=]", "parameter_has_one_python"),
    (r"def\s+\w+\((?:[^)=]*,)?\s*[\"'\d\[{(]", "parameter_name_nothing_else"),
    (r"def\s+\w+\((?:[^)=]*,)?\s*\w*\s*[-+/]", "parameter_name_nothing_else"),
    (r"def\s+\w+\([^)]*\w\.", "parameter_s_name_holds"),
    (r"def\s+\w*[^\w\s(]", "function_s_name_holds"),
    (r"(?:function|func|fn)\s+\w+\s*\(", "function_begins_with_def"),
    (r"import\s+\S+\s+from\b", "written_other_way_round"),
    (r"from\s+\S+\s+import\s+.*\b(?:and|or)\b", "names_import_have_commas"),
    (r"from\s+[\w.]+\s*$", "from_needs_import"),
    (rf"(?:import|from)\b.*\b(?:as|import)\s+(?:{_KEYWORD})\b", "word_python_s_own"),
    (r"raise\s+\w+\s*,", "exception_s_words_stand"),
    (r"[^\"'#]*===", "equal_written"),
    (r"[^\"'#]*(?:=<|=>|=!)", "comparison_s_signs_stand"),
    (r"[^\"'#]*<>", "unequal_written"),
    (r"[^\"'#]*&&", "written_python"),
    (r"[^\"'#]*\|\|", "written_python_only"),
    (r"[^\"'#]*(?:\+\+|--)\s*$", "are_written_python"),
    (r"[^\"'#]*,\s*,", "two_commas_stand_side"),
    (r"[^\"'#]*[\[({][^\])}]*;", "stands_where_comma_belongs"),
    (r"[^\"'#]*(?:\*{3}|[-+*/%]\s+[*/%=])", "two_operators_stand_side"),
    (r"[^\"'#]*=\s*$", "nothing_stands_behind"),
    (r"[^\"'#]*[-+*/%&|^]\s*$", "nothing_stands_behind_last"),
    (r"\d+\w*\s*=[^=]", "name_cannot_begin_with"),
    (r"[^\"'#]*;\s*(?:if|for|while|def|class)\b", "after_only_simple_line"),
    (r"[^\"'#]*:=", "cannot_stand_so_plain"),
    (r"[^\"'#]*\?", "question_mark_no_python"),
    (r"[^\"'#]*\$", "no_python"),
    (r"[^\"'#]*`", "backquote_no_python"),
    (r"[^\"'#]*\[\s*\]\s*$", "index_missing_brackets"),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"\s*(?:{pattern})"), told) for pattern, told in _LINES)

#: `a if b = c else d`, of which Python says that it wants an `else`.
_STORES_IN_CHOICE = re.compile(r"\bif\b[^=]*[^=!<>]=[^=].*\belse\b")
_BEFORE = re.compile(r"""([\w.]+|[)\]}"'])[ \t]+$""")
_AT = re.compile(r"""\w+|["'(\[{]|\S""")


def cause(message: str, line: str, column: int | None = None) -> Said | None:
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
    Said or None
        At the least where Python stops; None if that is not known either.
    """
    line = line[:LONGEST]
    if "expected 'else'" in message and _STORES_IN_CHOICE.search(line):
        return said("syntax.one_stores_value_compare")
    # Where a colon ends the line already, Python misses one further to the left.
    there = "expected ':'" in message and line.partition("#")[0].rstrip().endswith(":")
    for part, told in _MESSAGES:
        if part in message and not there:
            return said(f"syntax.{told}")
    for pattern, told in _COMPILED:
        if pattern.match(line):
            return said(f"syntax.{told}")
    if column is None:
        return None
    if "forgot a comma" in message:
        at = _AT.match(line, column - 1)
        if at is None:
            return said("syntax.two_values")
        return said("syntax.two_values_from", sign=at[0])
    return _where(line, column)


def _where(line: str, column: int) -> Said | None:
    found = _AT.match(line, column - 1)
    if found is None:
        return None
    before = _BEFORE.search(line, 0, column - 1)
    if before and not {before[1], found[0]} & set(keyword.kwlist) and (found[0][0].isalnum()):
        return said("syntax.side_by_side", first=before[1], second=found[0])
    return said("syntax.no_sense", sign=found[0])
