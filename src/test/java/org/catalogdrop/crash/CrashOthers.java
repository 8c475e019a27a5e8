package org.catalogdrop.crash;

import java.util.List;
import java.util.Random;
import org.catalogdrop.sandbox.store.StoredElement.Field;

/** Another client of the account, another user, adds elements equal to those that the drop under way adds. */
final class CrashOthers implements CrashChange {

    static final long USER = 777;

    private final CrashWorld world;
    private final Random random;

    CrashOthers(CrashWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    @Override
    public void begin(CrashLife life) {
        add();
    }

    @Override
    public void turn() {
        add();
    }

    private void add() {
        List<CrashDrop.Line> adds = world.adds();
        for (int one = random.nextInt(10); one > 0 && !adds.isEmpty(); one--) {
            CrashDrop.Line line = adds.get(random.nextInt(adds.size()));
            world.sandbox()
                    .store()
                    .putBy(USER, CrashDrop.LIST, line.name(), List.of(Field.of(CrashDrop.PRICE, "" + line.price())));
            world.account().added(line);
        }
    }
}
