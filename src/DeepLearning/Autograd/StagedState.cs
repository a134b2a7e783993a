using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The new values of states: staged in the forward pass, applied when the step is made.</summary>
internal sealed class StagedState
{
    private readonly List<(Parameter State, Tensor Value)> staged = [];

    /// <summary>The new value of a state; null if none was staged.</summary>
    public Tensor? this[Parameter state]
    {
        get
        {
            // By index: no enumerator, no closure.
            for (int i = 0; i < staged.Count; i++)
                if (staged[i].State == state) return staged[i].Value;
            return null;
        }
    }

    /// <summary>Stages a value, replacing an earlier one.</summary>
    public void Set(Parameter state, Tensor value)
    {
        for (int i = 0; i < staged.Count; i++)
        {
            if (staged[i].State != state) continue;
            staged[i] = (state, value);
            return;
        }

        staged.Add((state, value));
    }

    /// <summary>The first state of a set whose new value is not finite; null if all are.</summary>
    public Parameter? NotFinite(ParameterSet states)
    {
        for (int i = 0; i < staged.Count; i++)
            if (staged[i].State.Set == states && !Reductions.AllFinite(staged[i].Value.AsReadOnlySpan())) return staged[i].State;
        return null;
    }

    /// <summary>Applies the new values of a set's states.</summary>
    public void Commit(ParameterSet states)
    {
        for (int i = staged.Count - 1; i >= 0; i--)
        {
            if (staged[i].State.Set != states) continue;
            staged[i].Value.AsReadOnlySpan().CopyTo(staged[i].State.Value.AsSpan());
            staged.RemoveAt(i);
        }
    }

    /// <summary>Clears what was staged.</summary>
    public void Clear() => staged.Clear();

    /// <summary>Stages what another pass has staged, and nothing else.</summary>
    public void Replace(StagedState other)
    {
        staged.Clear();
        for (int i = 0; i < other.staged.Count; i++) staged.Add(other.staged[i]);
    }
}
