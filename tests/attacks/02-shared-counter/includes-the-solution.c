/* attack: it includes the reference solution */
/* verdict: refused compile-error */
#include "../../solutions/02-shared-counter/exercise.c"
