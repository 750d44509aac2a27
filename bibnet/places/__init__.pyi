from .locate.lines import (
    Lines as Lines,
)
from .locate.lines import (
    located_lines as located_lines,
)
from .match.ranker import load_ranker as load_ranker
from .training.accuracy import (
    measured as measured,
)
from .training.accuracy import (
    strings_a_second as strings_a_second,
)
from .training.accuracy import (
    table_lines as table_lines,
)
from .training.errors import (
    answers_to as answers_to,
)
from .training.errors import (
    grade_lines as grade_lines,
)
from .training.errors import (
    graded as graded,
)
from .training.errors import (
    write_errors as write_errors,
)
from .training.hard_strings import (
    kind_lines as kind_lines,
)
from .training.hard_strings import (
    measured_kinds as measured_kinds,
)
from .training.labelled import (
    study as study,
)
from .training.labelled import (
    train as train,
)
from .training.training import cross_validated as cross_validated
