/* refused 2:__builtin_return_address */
void *f(void) { return __builtin_return_address(0); }
