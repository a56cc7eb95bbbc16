/* refused 3:#pragma clang diagnostic */
#include "exercise.h"
_Pragma("clang diagnostic ignored \"-Wthread-safety-analysis\"")
int unused;
