/* refused 2:__sanitizer_set_death_callback, 3:__sanitizer_set_death_callback */
void __sanitizer_set_death_callback(void (*)(void));
void f(void) { __sanitizer_set_death_callback(0); }
