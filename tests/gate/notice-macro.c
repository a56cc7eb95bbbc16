/* refused 2:__SANITIZE_ADDRESS__ */
#ifdef __SANITIZE_ADDRESS__
#endif
int f(void) { return 2; }
