/* The page's files, found by exact name. */
#include "serve/files.h"

#include "bytes/mapping.h"

#include <dirent.h>
#include <sys/stat.h>

enum { DEEPEST = 3, MOST = 2000 };

static void list(struct files *files, const char *below, int depth)
{
    const char *path = arena_print(&files->arena, "%s/%s", files->folder, below);
    DIR *folder = path != NULL ? opendir(path) : NULL;
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        struct stat facts;
        if (entry->d_name[0] == '.' || files->names.count >= MOST)
            continue;
        const char *name = arena_print(&files->arena, "%s%s", below, entry->d_name);
        const char *full = arena_print(&files->arena, "%s/%s", files->folder, name);
        if (full == NULL || stat(full, &facts) != 0)
            continue;
        if (S_ISDIR(facts.st_mode) && depth < DEEPEST) {
            list(files, arena_print(&files->arena, "%s/", name), depth + 1);
        } else if (S_ISREG(facts.st_mode)) {
            const char **slot = (const char **)array_push(&files->names);
            if (slot != NULL)
                *slot = name;
        }
    }
    if (folder != NULL)
        closedir(folder);
}

static bool has(const struct files *files, const char *name)
{
    for (uint32_t i = 0; i < files->names.count; i++)
        if (strcmp(files->names.items[i], name) == 0)
            return true;
    return false;
}

annals_status files_open(struct files *files, const char *folder, annals_error *error)
{
    arena_init(&files->arena);
    array_init(&files->names, &files->arena);
    files->folder = arena_copy_string(&files->arena, folder);
    if (files->folder != NULL)
        list(files, "", 0);
    if (files->arena.failed) {
        arena_release(&files->arena);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    if (has(files, "index.html"))
        return ANNALS_OK;
    arena_release(&files->arena);
    error_set(error, ANNALS_NOT_FOUND, "the page is not there; `make page` builds it");
    return error_at(error, folder, 0, 0, -1);
}

void files_close(struct files *files)
{
    arena_release(&files->arena);
}

annals_status files_read(const struct files *files, const char *name, struct buffer *bytes,
                         annals_error *error)
{
    struct mapping mapping;
    struct buffer path;
    if (!has(files, name))
        return error_set(error, ANNALS_NOT_FOUND, "there is no such page");
    buffer_init(&path);
    buffer_print(&path, "%s/%s", files->folder, name);
    annals_status status = path.failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                       : mapping_open(&mapping, path.bytes, error);
    buffer_release(&path);
    if (status != ANNALS_OK)
        return status;
    buffer_add(bytes, (const char *)mapping.bytes, mapping.length);
    mapping_close(&mapping);
    return bytes->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : ANNALS_OK;
}

const char *files_type(const char *name)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},   {".json", "application/json"},
        {".svg", "image/svg+xml"},             {".txt", "text/plain; charset=utf-8"},
    };
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i][0], ending) == 0)
            return types[i][1];
    return "application/octet-stream";
}
