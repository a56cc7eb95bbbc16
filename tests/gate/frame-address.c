/* refused 2:__builtin_frame_address */
void *f(void) { return __builtin_frame_address(1); }
