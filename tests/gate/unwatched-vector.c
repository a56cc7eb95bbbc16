/* refused 4:count */
typedef int eight __attribute__((vector_size(32)));
static eight counts;
void count(void) { counts += 1; }
