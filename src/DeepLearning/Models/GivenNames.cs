namespace DeepLearning;

/// <summary>Distinguishes names that users gave from names that a model generates.</summary>
internal sealed class GivenNames
{
    private readonly HashSet<string> given = [];

    public GivenNames(ModelGraph graph)
    {
        var names = new NodeNames();
        foreach (ModelInput input in graph.Inputs) Compare(input.Name, names.Next("input"));
        foreach (LayerSlot slot in graph.Slots)
            if (slot.Call == 0) Compare(slot.Name, names.Next(SnakeCase.Of(slot.Layer.Kind)));
    }

    /// <summary>Whether every name is the one the model would generate.</summary>
    public bool AreNone => given.Count == 0;

    /// <summary>The call that gives a name, or nothing.</summary>
    public string Call(string name) => given.Contains(name) ? $".Named(\"{name}\")" : "";

    private void Compare(string name, string own)
    {
        if (name != own) given.Add(name);
    }
}
