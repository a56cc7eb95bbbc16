/* refused 3:wmemcpy */
#include <wchar.h>
void f(wchar_t *to, const wchar_t *from) { wmemcpy(to, from, 1); }
