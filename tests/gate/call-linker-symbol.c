/* refused 3:_DYNAMIC */
extern char _DYNAMIC[];
char f(void) { return _DYNAMIC[0]; }
