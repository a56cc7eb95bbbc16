/* refused 2:section */
int here __attribute__((section(".init_array"))) = 1;
