/* expect: timeout */
#include <pthread.h>
#include <stdatomic.h>
struct n { struct n *next; int v; };
static struct n node[3];
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static struct n *head;
static void push(int i) { pthread_mutex_lock(&m); node[i].next = head; head = &node[i]; pthread_mutex_unlock(&m); }
static void *w(void *u) { push(0); push(1); return u; }
static void *v(void *u) { push(0); return u; } /* the same node twice */
int main(void) { pthread_t t, s; pthread_create(&t, NULL, w, NULL); pthread_create(&s, NULL, v, NULL); pthread_join(t, NULL); pthread_join(s, NULL);
  int sum = 0; for (struct n *n = head; n; n = n->next) sum += n->v; /* fault: timeout */
  return sum; }
