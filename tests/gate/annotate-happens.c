/* refused 2:AnnotateHappensBefore, 3:AnnotateHappensBefore */
void AnnotateHappensBefore(const char *f, int l, const volatile void *p);
void f(int *p) { AnnotateHappensBefore(__FILE__, __LINE__, p); }
