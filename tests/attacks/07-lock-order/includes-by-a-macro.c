/* attack: the name of the included solution is made by macros */
/* verdict: refused compile-error */
#define TEXT(x) #x
#define NAME(x) TEXT(x)
#define PLACE ../../solutions/07-lock-order/exercise.c
#include NAME(PLACE)
