/* refused 2:constructor */
<:<:gnu::constructor:>:> void f(int *p) { *p = 1; }
