/* How many workers a queue and a record can feed: a discrete-event simulation.
 *
 * Each worker goes round: it takes a batch from the queue, codes it, stores it in one transaction, and goes on;
 * what is stored has to be merged. The queue is one server; the database has so many processors for
 * transactions; merging has so many parts that go on at once. Each is a line of those who wait, first come first
 * served. Coding times are drawn from a log-normal distribution with the mean and the deviation that were measured;
 * the others are as measured, per report and per batch. The draw is seeded: the same arguments, the same table.
 *
 * After 20 batches a worker (to forget the start) so many more are counted as are asked for; what comes out of them a second
 * is the throughput, and the resource that is busy most of the time names what binds. Leaves out: the network (batches
 * are of 100 kB; a link of 1 Gbit/s is reported beside it), failures, and readers of the record.
 *
 * usage: simulate [NAME=VALUE...]   times in milliseconds; see `parameters` */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORKERS = 4096, MOST_SERVERS = 4096, WARM = 20 };

static struct parameter {
    const char *name, *what;
    double value;
} parameters[] = {
    {"code", "coding one report", 3.2},
    {"code_deviation", "its standard deviation", 3.0},
    {"take", "the queue's work for one report: stored, delivered, acknowledged", 0.02},
    {"store", "the database's work for one report", 0.7},
    {"commit", "the database's work for one transaction besides", 2.0},
    {"writers", "transactions that the database works on at once", 1},
    {"merge", "merging one report into events", 0.5},
    {"mergers", "parts of the record that are merged at once", 1},
    {"batch", "reports taken and stored at once", 64},
    {"bytes", "of one report in the queue", 3000},
    {"rounds", "batches counted for each worker", 200},
    {"reports", "whose time is told", 100e6},
};
enum { CODE, DEVIATION, TAKE, STORE, COMMIT, WRITERS, MERGE, MERGERS, BATCH, BYTES, ROUNDS, REPORTS, PARAMETERS };
#define P(name) (parameters[name].value)

/* ------------------------------------------------------------------ chance */

static uint64_t chance_state;

static double chance(void) /* splitmix64, Steele, Lea and Flood 2014; in (0, 1) */
{
    uint64_t z = chance_state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(void) /* Box and Muller 1958 */
{
    return sqrt(-2 * log(chance())) * cos(2 * 3.14159265358979323846 * chance());
}

/* The sum of a batch of log-normal coding times. */
static double coding_time(void)
{
    double mean = P(CODE), deviation = P(DEVIATION), sum = 0;
    double spread = log(1 + deviation * deviation / (mean * mean));
    for (int i = 0; i < (int)P(BATCH); i++)
        sum += exp(log(mean) - spread / 2 + sqrt(spread) * normal());
    return sum;
}

/* ------------------------------------------------------------------ resources */

/* Servers with one line: each is told until when it is busy. */
struct resource {
    const char *name;
    int servers;
    double until[MOST_SERVERS];
    double busy; /* time that its servers worked */
};

/* Joins the line at `now`; when the work is done. */
static double serve(struct resource *resource, double now, double work)
{
    int first = 0;
    for (int i = 1; i < resource->servers; i++)
        if (resource->until[i] < resource->until[first])
            first = i;
    double begin = resource->until[first] > now ? resource->until[first] : now;
    resource->until[first] = begin + work;
    resource->busy += work;
    return begin + work;
}

/* ------------------------------------------------------------------ events */

enum step { TO_TAKE, TO_STORE, TO_MERGE };
struct event {
    double time;
    int worker;
    enum step step;
};
static struct event heap[MOST_WORKERS + 1];
static int heap_size;

static void push(struct event event)
{
    int at = heap_size++;
    for (; at > 0 && heap[(at - 1) / 2].time > event.time; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = event;
}

static struct event pop(void)
{
    struct event first = heap[0], last = heap[--heap_size];
    int at = 0;
    for (;;) {
        int child = 2 * at + 1;
        if (child + 1 < heap_size && heap[child + 1].time < heap[child].time)
            child++;
        if (child >= heap_size || heap[child].time >= last.time)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return first;
}

/* ------------------------------------------------------------------ one run */

static struct resource resources[3];
enum { QUEUE, DATABASE, MERGING };

/* Reports a second with so many workers; `share` gets how busy the workers and each resource are. */
static double run(int workers, double share[4])
{
    const double batch = P(BATCH);
    const int64_t warm = (int64_t)workers * WARM, all = warm + (int64_t)workers * (int64_t)P(ROUNDS);
    double started = 0, coded = 0, now = 0;
    int64_t done = 0;
    chance_state = 42;
    heap_size = 0;
    resources[QUEUE] = (struct resource){.name = "the queue", .servers = 1};
    resources[DATABASE] = (struct resource){.name = "the database", .servers = (int)P(WRITERS)};
    resources[MERGING] = (struct resource){.name = "merging", .servers = (int)P(MERGERS)};
    for (int i = 0; i < workers; i++)
        push((struct event){.time = chance() * P(CODE) * batch, .worker = i});
    while (done < all) {
        struct event event = pop();
        now = event.time;
        if (event.step == TO_TAKE) {
            double work = coding_time();
            coded += work;
            event.time = serve(&resources[QUEUE], now, P(TAKE) * batch) + work;
            event.step = TO_STORE;
        } else if (event.step == TO_STORE) {
            event.time = serve(&resources[DATABASE], now, P(COMMIT) + P(STORE) * batch);
            event.step = TO_MERGE;
        } else {
            /* The worker waits for it: otherwise what is not merged would pile up. */
            event.time = serve(&resources[MERGING], now, P(MERGE) * batch);
            event.step = TO_TAKE;
            if (++done == warm) {
                started = now;
                coded = 0;
                for (int i = 0; i < 3; i++)
                    resources[i].busy = 0;
            }
        }
        push(event);
    }
    double time = now - started;
    share[0] = coded / time / workers;
    for (int i = 0; i < 3; i++)
        share[i + 1] = resources[i].busy / time / resources[i].servers;
    return (double)(all - warm) * batch / time * 1000;
}

static void print_row(int workers)
{
    double share[4];
    double rate = run(workers, share);
    int busiest = 0;
    for (int i = 1; i < 4; i++)
        if (share[i] > share[busiest])
            busiest = i;
    double hours = P(REPORTS) / rate / 3600;
    printf("%7d  %10.0f  %5.0f%%  %5.0f%%  %5.0f%%  %5.0f%%  %9.1f h  %6.0f Mbit/s  %s\n", workers, rate,
           100 * share[0], 100 * share[1], 100 * share[2], 100 * share[3], hours,
           rate * P(BYTES) * 8 * 2 / 1e6, busiest == 0 ? "coding" : resources[busiest - 1].name);
}

/* The workers from which on a resource is busy all the time. */
static void print_limits(void)
{
    double batch = P(BATCH);
    const double work[3] = {P(TAKE) * batch, (P(COMMIT) + P(STORE) * batch) / P(WRITERS),
                            P(MERGE) * batch / P(MERGERS)};
    const double alone = (P(CODE) + P(TAKE) + P(STORE) + P(MERGE)) * batch + P(COMMIT);
    int first = 0;
    for (int i = 1; i < 3; i++)
        if (work[i] > work[first])
            first = i;
    for (int i = 0; i < 3; i++)
        printf("%s could do %.0f reports a second, the work of %.0f workers\n", resources[i].name,
               batch / work[i] * 1000, alone / work[i]);
    printf("first to bind: %s\n", resources[first].name);
}

static int set(const char *argument)
{
    const char *sign = strchr(argument, '=');
    for (int i = 0; sign != NULL && i < PARAMETERS; i++) {
        char *end;
        if (strlen(parameters[i].name) != (size_t)(sign - argument) ||
            strncmp(parameters[i].name, argument, (size_t)(sign - argument)) != 0)
            continue;
        double value = strtod(sign + 1, &end);
        if (end == sign + 1 || *end != '\0' || !(value > 0) ||
            ((i == WRITERS || i == MERGERS) && (value < 1 || value > MOST_SERVERS)))
            break;
        parameters[i].value = value;
        return 1;
    }
    fprintf(stderr, "simulate: \"%s\"? NAME=VALUE, of:\n", argument);
    for (int i = 0; i < PARAMETERS; i++)
        fprintf(stderr, "  %-15s %s (%g)\n", parameters[i].name, parameters[i].what, parameters[i].value);
    return 0;
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++)
        if (!set(arguments[i]))
            return 2;
    printf("workers   reports/s  coding  queue  datab.  merging  %.0f million   both ways    busiest\n",
           P(REPORTS) / 1e6);
    for (int workers = 1; workers <= 1024; workers *= 2)
        print_row(workers == 1024 ? 1000 : workers);
    print_limits();
    return 0;
}
