package org.catalogdrop.sandbox.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The lists of the account and, for speed, their fields by id and by code. */
public final class Catalogs {
    private final Map<Long, Known> byId = new ConcurrentSkipListMap<>();

    public Catalogs(Collection<CatalogList> lists) {
        lists.forEach(this::put);
    }

    public void put(CatalogList list) {
        byId.put(list.id(), new Known(list));
    }

    public Optional<Known> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    public List<CatalogList> all() {
        List<CatalogList> lists = new ArrayList<>();
        byId.values().forEach(known -> lists.add(known.list));
        return lists;
    }

    public static final class Known {
        public final CatalogList list;
        private final Map<String, CatalogField> fields = new HashMap<>();

        Known(CatalogList list) {
            this.list = list;
            for (CatalogField field : list.fields()) {
                fields.put(Long.toString(field.id()), field);
                if (!field.code().isEmpty()) {
                    fields.put(field.code(), field);
                }
            }
        }

        public Optional<CatalogField> field(String idOrCode) {
            return Optional.ofNullable(fields.get(idOrCode));
        }
    }
}
