/* expect: data-race */
/* Readers and writers of the pair lock two different spin locks. */
#include <pthread.h>
#include <stdio.h>

typedef struct {
  pthread_spinlock_t rd, wr;
  int x, y;
} pair_t;

static pair_t pair;

static void pair_set(int v)
{
  pthread_spin_lock(&pair.wr);
  pair.x = v; /* fault: data-race */
  pair.y = v; /* fault: data-race */
  pthread_spin_unlock(&pair.wr);
}

static int pair_get(void)
{
  pthread_spin_lock(&pair.rd);
  int s = pair.x + pair.y; /* fault: data-race */
  pthread_spin_unlock(&pair.rd);
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
  pthread_spin_init(&pair.rd, PTHREAD_PROCESS_PRIVATE);
  pthread_spin_init(&pair.wr, PTHREAD_PROCESS_PRIVATE);
  pthread_create(&w, NULL, writer, NULL);
  pthread_create(&r, NULL, reader, NULL);
  pthread_join(w, NULL);
  pthread_join(r, NULL);
  pthread_spin_destroy(&pair.rd);
  pthread_spin_destroy(&pair.wr);
  puts("done");
  return 0;
}
