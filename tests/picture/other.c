static int count;

void *add_one(void *unused) {
    count++;
    return unused;
}
