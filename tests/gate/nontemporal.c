/* refused 2:__builtin_nontemporal_store */
void f(int *p) { __builtin_nontemporal_store(1, p); }
