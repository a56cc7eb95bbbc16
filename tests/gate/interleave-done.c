/* refused 2:interleave_driver_done, 3:interleave_driver_done */
extern void interleave_driver_done(void);
void f(void) { interleave_driver_done(); }
