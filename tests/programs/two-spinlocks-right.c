/* expect: clean */
/* Readers and writers of the pair use one spin lock. */
#include <pthread.h>
#include <stdio.h>

typedef struct {
  pthread_spinlock_t lock;
  int x, y;
} pair_t;

static pair_t pair;

static void pair_set(int v)
{
  pthread_spin_lock(&pair.lock);
  pair.x = v;
  pair.y = v;
  pthread_spin_unlock(&pair.lock);
}

static int pair_get(void)
{
  pthread_spin_lock(&pair.lock);
  int s = pair.x + pair.y;
  pthread_spin_unlock(&pair.lock);
  return s;
}

static void *writer(void *a)
{
  for (int i = 0; i < 500; i++) pair_set(i);
  return a;
}

static void *reader(void *a)
{
  int m = 0;
  for (int i = 0; i < 500; i++) m |= pair_get();
  return m < 0 ? a : NULL;
}

int main(void)
{
  pthread_t w, r;
  pthread_spin_init(&pair.lock, PTHREAD_PROCESS_PRIVATE);
  pthread_create(&w, NULL, writer, NULL);
  pthread_create(&r, NULL, reader, NULL);
  pthread_join(w, NULL);
  pthread_join(r, NULL);
  pthread_spin_destroy(&pair.lock);
  puts("done");
  return 0;
}
