/* refused 2:_start */
void _start(void) {}
