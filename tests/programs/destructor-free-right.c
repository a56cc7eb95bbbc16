/* expect: clean */
#include <pthread.h>
#include <stdlib.h>
#include <stdio.h>
static char *name;
__attribute__((constructor)) static void begin(void) { name = malloc(10); name[0] = 'x'; }
__attribute__((destructor)) static void end(void) { free(name); name = NULL; printf("end\n"); }
static void at(void) { printf("at\n"); }
static void *w(void *u) { name[1] = 'y'; return u; }
int main(void) { pthread_t t; atexit(at); pthread_create(&t, 0, w, 0); pthread_join(t, 0); return 0; }
