/* refused 2:../07-lock-order/exercise.h */
#include "../07-lock-order/exercise.h"
