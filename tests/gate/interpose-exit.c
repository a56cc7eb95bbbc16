/* refused 2:exit */
void exit(int s) { (void)s; for (;;) {} }
