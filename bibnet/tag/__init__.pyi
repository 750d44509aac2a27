from .ai.labelled import (
    LabelledWorks as LabelledWorks,
)
from .ai.labelled import (
    Training as Training,
)
from .ai.labelled import (
    measure_classifier as measure_classifier,
)
from .ai.labelled import (
    train_classifier as train_classifier,
)
from .ai.view import show_record as show_record
