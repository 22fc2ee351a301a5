"""Moodle's own words for the worksheet's titles and cells, in the languages that it was read in.

Evidence: Moodle's language packs as published in ``projectestac/moodle-langpacks`` at ``6340d35``
and in its branches ``upstream_28`` to ``upstream_45``, of Moodle 2.8 to 4.5: ``assign.php``
(``status``, ``submissionteam``, ``maxgrade``, ``scale``, ``gradecanbechanged``,
``lastmodifiedgrade``, ``submissionstatus_draft``, ``submittedlateshort``), ``moodle.php``
(``fullname``, ``gradenoun``, before 3.11 ``grade``, ``no``) and ``assignfeedback_comments.php``
(``pluginname``). Where versions differ the newest comes first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from autograder.intake.lms.table import Table


class Words(NamedTuple):
    """One language; ``|`` stands between what different versions write."""

    name: str
    status: str
    team: str
    grade: str
    maximum: str
    scale: str
    changeable: str
    no: str
    modified: str
    comments: str
    draft: str
    late: str
    """With ``{}`` for how late."""

    def column(self, table: Table, role: str) -> int | None:
        """Find the column that plays a role, such as ``"grade"``."""
        return table.find(*getattr(self, role).split("|"))

    def begins(self, cell: str, role: str) -> bool:
        """Tell whether a cell begins with the words of a role; more may follow."""
        words = tuple(getattr(self, role).casefold().split("|"))
        return cell.strip().casefold().startswith(words)

    def tells_late(self, cell: str) -> bool:
        """Tell whether a status says that the submission was late."""
        times = (re.escape(text).replace(r"\{\}", r"\b\d.*") for text in self.late.split("|"))
        return any(re.search(rf"{time}(?!\w)", cell, re.IGNORECASE) for time in times)


def words_of(table: Table) -> Words | None:
    """Tell a worksheet's language by the one title that differs in all of them; None if unknown."""
    return next((words for words in LANGUAGES if words.column(table, "modified") is not None), None)


LANGUAGES = (
    # en
    Words(
        name="Full name",
        status="Status",
        team="Group",
        grade="Grade",
        maximum="Maximum grade",
        scale="Scale",
        changeable="Grade can be changed",
        no="No",
        modified="Last modified (grade)",
        comments="Feedback comments",
        draft="Draft (not submitted)",
        late="{} late",
    ),
    # ca
    Words(
        name="Nom complet",
        status="Estat",
        team="Grup",
        grade="Qualificació",
        maximum="Qualificació màxima",
        scale="Escala",
        changeable="Es pot canviar la qualificació",
        no="No",
        modified="Darrera modificació (qualificació)",
        comments="Comentaris de retroacció.|Comentaris de retroalimentació"
        "|Comentaris de la retroacció",
        draft="Esborrany (no s'ha tramès la versió definitiva)|Esborrany (no tramès)",
        late="{} tard",
    ),
    # de
    Words(
        name="Vollständiger Name",
        status="Status",
        team="Gruppe",
        grade="Bewertung",
        maximum="Bestwertung",
        scale="Skala",
        changeable="Bewertung kann geändert werden",
        no="Nein",
        modified="Zuletzt geändert (Bewertung)",
        comments="Feedback als Kommentar",
        draft="Entwurf (nicht abgegeben)",
        late="{} zu spät|{} später",
    ),
    # es
    Words(
        name="Nombre completo",
        status="Estado",
        team="Grupo",
        grade="Calificación",
        maximum="Calificación máxima",
        scale="Escala",
        changeable="La calificación puede ser cambiada",
        no="No",
        modified="Última modificación (calificación)",
        comments="Comentarios de retroalimentación",
        draft="Borrador (no enviado)",
        late="{} después",
    ),
    # eu
    Words(
        name="Izen osoa",
        status="Egoera",
        team="Taldea",
        grade="Kalifikazioa",
        maximum="Gehieneko kalifikazioa|Gehienezko kalifikazioa",
        scale="Eskala",
        changeable="Kalifikazioa alda daiteke",
        no="Ez",
        modified="Azken aldaketa (kalifikazioa)",
        comments="Feedback-iruzkinak",
        draft="Zirriborroa (bidali gabea)",
        late="{} beranduago",
    ),
    # fr
    Words(
        name="Nom complet",
        status="Statut",
        team="Groupe",
        grade="Note",
        maximum="Note maximale",
        scale="Barème",
        changeable="La note peut être modifiée",
        no="Non",
        modified="Dernière modification (note)",
        comments="Feedback par commentaires",
        draft="Brouillon (non remis)",
        late="En retard de {}",
    ),
    # gl
    Words(
        name="Nome completo",
        status="Estado",
        team="Grupo",
        grade="Cualificación",
        maximum="Cualificación máxima",
        scale="Escala",
        changeable="A cualificación pode seren cambiada|A cualificación pode ser cambiada",
        no="Non",
        modified="Última modificación (cualificación)",
        comments="Comentarios",
        draft="Versión preliminar (non entregada)",
        late="{} fora de prazo|{} fóra de prazo",
    ),
    # it
    Words(
        name="Nome",
        status="Stato",
        team="Gruppo",
        grade="Valutazione",
        maximum="Valutazione massima",
        scale="Scala",
        changeable="La valutazione può essere cambiata",
        no="No",
        modified="Ultima modifica (valutazione)",
        comments="Commenti",
        draft="Bozza (non consegnato)",
        late="{} in ritardo",
    ),
    # nl
    Words(
        name="Volledige naam",
        status="Status",
        team="Groep",
        grade="Cijfer",
        maximum="Maximaal cijfer",
        scale="Schaal",
        changeable="Het cijfer kan gewijzigd worden",
        no="Nee",
        modified="Laatst gewijzigd (beoordeling)",
        comments="Feedback tekstvak|Feedback",
        draft="Concept (nog niet ingestuurd)|Kladwerk (nog niet ingestuurd)",
        late="{} laat",
    ),
    # pt
    Words(
        name="Nome completo",
        status="Estado",
        team="Grupo",
        grade="Avaliação|Nota",
        maximum="Nota máxima",
        scale="Escala",
        changeable="A nota pode ser alterada.",
        no="Não",
        modified="Última atualização (avaliação)",
        comments="Comentários de feedback",
        draft="Trabalho em curso (não submetido)",
        late="{} atrasado",
    ),
    # ro
    Words(
        name="Nume complet",
        status="Status",
        team="Grup",
        grade="Notă",
        maximum="Notă maximă",
        scale="Scală",
        changeable="Nota poate fi schimbată",
        no="Nu",
        modified="Ultima modificare (nota)",
        comments="Comentarii de feedback",
        draft="Draft (netrimis)",
        late="{} întârziere|{} late",
    ),
    # ru
    Words(
        name="Полное имя",
        status="Статус",
        team="Группы",
        grade="Оценка",
        maximum="Максимальная оценка",
        scale="Шкала",
        changeable="Оценка может быть изменена",
        no="Нет",
        modified="Последнее изменение (оценка)",
        comments="Отзыв в виде комментария",
        draft="Черновик (не отправлен на проверку)|Черновик (не представлен)",
        late="Срок выполнения закончился {} назад",
    ),
    # sv
    Words(
        name="Fullständigt namn|Hela namnet",
        status="Status",
        team="Grupp",
        grade="Betyg",
        maximum="Maxbetyg|Maximalt betyg",
        scale="Skala",
        changeable="Betyg kan ändras",
        no="Nej",
        modified="Senast modifierat (betyg)",
        comments="Återkopplingskommentarer|Återkoppling/kommentarer",
        draft="Utkast (ej inlämnad)",
        late="{} sent",
    ),
    # tr
    Words(
        name="Tam adı",
        status="Durum",
        team="Grup",
        grade="Not",
        maximum="Enyüksek not",
        scale="Ölçek",
        changeable="Not değiştirilebilir",
        no="Hayır",
        modified="Son düzenleme (not)",
        comments="Geri bildirim yorumları",
        draft="Taslak (gönderilmedi)",
        late="{} sonrası|{} late",
    ),
    # uk
    Words(
        name="Повна назва",
        status="Статус",
        team="Група",
        grade="Оцінка",
        maximum="Максимальна оцінка",
        scale="Шкала",
        changeable="Оцінка може бути змінена",
        no="Ні",
        modified="Востаннє змінювалося (оцінка)",
        comments="Відгук - коментарем",
        draft="Чорновик (не здано)",
        late="Здано на {} пізніше|{} late",
    ),
)
