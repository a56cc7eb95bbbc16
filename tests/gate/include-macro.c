/* refused 3:../../solutions/02-shared-counter/exercise.c */
#define WHERE "../../solutions/02-shared-counter/exercise.c"
#include WHERE
