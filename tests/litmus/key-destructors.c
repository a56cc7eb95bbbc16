/* results: "0" "1"
   A thread's destructors run before it can be joined: their store may come after what another thread sees,
   but never after the join. */
#include "litmus.h"

static pthread_key_t key;
static atomic_int x;
static int seen;

static void destroy(void *value) {
    (void)value;
    x = 1;
}
static void *own(void *unused) {
    pthread_setspecific(key, &key);
    return unused;
}
static void *look(void *unused) {
    seen = x;
    return unused;
}

int main(void) {
    pthread_key_create(&key, destroy);
    RUN(own, look);
    printf("%d\n", x ? seen : 9);
}
