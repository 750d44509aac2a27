"""Names of the rules by which an organisation answers."""

from bibnet.places.registry.names import NameKind

RULES = {
    NameKind.CURATED: "curated_alias",
    NameKind.DISPLAY: "exact_name",
    NameKind.ALIAS: "alias",
    NameKind.BRANCH: "company_name",
    NameKind.FORMER: "former_name",
    NameKind.ACRONYM: "acronym",
    NameKind.GENERATED: "generated_name",
    NameKind.INITIALS: "initials",
    NameKind.PLACELESS: "name_without_place",
}
RANKED, GUESSED_NAME = "ranked", "guessed_name"
