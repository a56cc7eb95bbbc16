/* expect: data-race */
#include <pthread.h>
#include <stdlib.h>
static int n;
static char *name;
static void *w(void *u) { n++; return u; } /* fault: data-race */
__attribute__((destructor)) static void report(void) { free(name); n = 0; } /* fault: data-race */
int main(void) { pthread_t t; name = malloc(4); pthread_create(&t, 0, w, 0); pthread_detach(t); return 0; }
