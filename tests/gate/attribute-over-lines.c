/* refused 2:no_sanitize */
__attribute__((unused,
    no_sanitize
    ("thread")))
void
f(int *p) {
    *p = 1;
}
