/* expect: clean */
/* A ticket lock with the __atomic builtins of the compiler. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

struct ticket_lock {
  unsigned next;
  unsigned serving;
};

static void ticket_acquire(struct ticket_lock *l)
{
  unsigned mine = __atomic_fetch_add(&l->next, 1, __ATOMIC_RELAXED);
  while (__atomic_load_n(&l->serving, __ATOMIC_ACQUIRE) != mine)
    sched_yield();
}

static void ticket_release(struct ticket_lock *l)
{
  unsigned mine = __atomic_load_n(&l->serving, __ATOMIC_RELAXED);
  __atomic_store_n(&l->serving, mine + 1, __ATOMIC_RELEASE);
}

static struct { struct ticket_lock lock; long v[4]; } shared;

static void *rotate(void *unused)
{
  for (int i = 0; i < 200; i++) {
    ticket_acquire(&shared.lock);
    long first = shared.v[0];
    for (int k = 0; k < 3; k++)
      shared.v[k] = shared.v[k + 1];
    shared.v[3] = first + 1;
    ticket_release(&shared.lock);
  }
  return unused;
}

int main(void)
{
  pthread_t a, b, c;
  if (pthread_create(&a, 0, rotate, 0) || pthread_create(&b, 0, rotate, 0) || pthread_create(&c, 0, rotate, 0))
    return 2;
  pthread_join(a, 0);
  pthread_join(b, 0);
  pthread_join(c, 0);
  printf("%ld\n", shared.v[0] + shared.v[1] + shared.v[2] + shared.v[3]);
  return 0;
}
