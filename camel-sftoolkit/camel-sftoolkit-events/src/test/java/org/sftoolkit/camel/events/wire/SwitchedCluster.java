package org.sftoolkit.camel.events.wire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

/** A cluster whose nodes take themselves for its leader when the test says so, several at a time if it wants that. */
final class SwitchedCluster extends AbstractCamelClusterService<SwitchedCluster.View> {

    private final String node;
    private final List<View> views = new CopyOnWriteArrayList<>();
    private volatile boolean leader;

    SwitchedCluster(String node) {
        this.node = node;
    }

    /** Tells this node, and only this one, that it is the leader or no longer. */
    void lead(boolean yes) {
        leader = yes;
        views.forEach(View::changed);
    }

    @Override
    protected View createView(String namespace) {
        var view = new View(namespace);
        views.add(view);
        return view;
    }

    final class View extends AbstractCamelClusterView {

        private final CamelClusterMember local = new CamelClusterMember() {
            @Override
            public boolean isLeader() {
                return leader;
            }

            @Override
            public boolean isLocal() {
                return true;
            }

            @Override
            public String getId() {
                return node;
            }
        };

        private View(String namespace) {
            super(SwitchedCluster.this, namespace);
        }

        private void changed() {
            fireLeadershipChangedEvent(local);
        }

        @Override
        public Optional<CamelClusterMember> getLeader() {
            return leader ? Optional.of(local) : Optional.empty();
        }

        @Override
        public CamelClusterMember getLocalMember() {
            return local;
        }

        @Override
        public List<CamelClusterMember> getMembers() {
            return List.of(local);
        }

        @Override
        protected void doStart() {
            changed();
        }

        @Override
        protected void doStop() {}
    }
}
